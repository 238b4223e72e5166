/**
 * The feeds of an instance in virtual time: how they open, linger, close and reopen.
 */
import { describe, expect, it } from "vitest";
import { parseRoomName } from "../../src/domain/room-name.ts";
import type { Event } from "../support/wire-schema.ts";
import { VirtualDeployment, type DeploymentOptions, type VirtualInstance } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const ROOM = "lobby";

const two = (options: DeploymentOptions = {}) => {
  const deployment = new VirtualDeployment(options);
  return { deployment, here: deployment.start(), there: deployment.start() };
};

const texts = (events: readonly Event[]): readonly string[] =>
  events.flatMap((event) => ("text" in event ? [String(event.text)] : []));

const isOpen = ({ feeds }: VirtualInstance): boolean => {
  const room = parseRoomName(ROOM);
  return room.ok && feeds.get(room.value) !== undefined;
};

/** Resumes on a new connection, and counts the reads of the log. */
const resume = (instance: VirtualInstance, after: string) => {
  const client = instance.greet("Resumer");
  const before = instance.access.reads;
  const joined = client.join(ROOM, { after });
  return { client, joined, reads: instance.access.reads - before };
};

describe("a feed that opens", () => {
  it("[R6] opens with the first reader, and a resume within its memory costs the log no read", () => {
    const { here } = two();
    expect(isOpen(here)).toBe(false);
    const ada = here.enter("Ada", ROOM);
    expect(isOpen(here)).toBe(true);
    const { id } = ada.post(ROOM, "one");
    ada.post(ROOM, "two");
    for (let nth = 0; nth < 10; nth += 1) {
      const { joined, reads } = resume(here, id);
      expect([joined.replay, texts(joined.events), reads]).toEqual(["resumed", ["two"], 0]);
    }
  });

  it("[R2] [R6] holds events from before it opened", () => {
    const { here, there } = two();
    const ada = here.enter("Ada", ROOM);
    const { id } = ada.post(ROOM, "one");
    ada.post(ROOM, "two");
    there.enter("Bob", ROOM);
    expect(resume(there, id)).toMatchObject({ joined: { replay: "resumed" }, reads: 0 });
  });

  it("[R2] reads the log where its memory does not reach back far enough", () => {
    const { here, there } = two({ backlogEvents: 3 });
    const ada = here.enter("Ada", ROOM);
    const { id } = ada.post(ROOM, "one");
    for (const text of ["two", "three", "four", "five", "six"]) ada.post(ROOM, text);
    there.enter("Bob", ROOM);
    const { joined, reads } = resume(there, id);
    expect(texts(joined.events)).toEqual(["two", "three", "four", "five", "six"]);
    expect(reads).toBeGreaterThan(0);
  });

  it("[P4] takes its members from the board and from the events after it", () => {
    const { deployment, here, there } = two();
    const ada = here.enter("Ada", ROOM);
    there.enter("Bob", ROOM);
    ada.hangUp();
    deployment.advance(10);
    const { client, joined } = resume(there, "0-0");
    expect(joined.memberCount).toBe(joined.members.length);
    expect(joined.members.map(({ name }) => name)).toEqual(["Bob"]);
    // The client's own `member.joined` follows the head.
    expect(client.events(ROOM).map(({ type, by }) => [type, by.name])).toEqual([
      ["member.joined", "Resumer"],
    ]);
  });

  it("[D5] fails while the log is away, and the next reader opens it", () => {
    const { deployment, here } = two();
    const ada = here.greet("Ada");
    here.access.away = true;
    ada.say({ type: "join", ref: "join", room: ROOM });
    deployment.advance(2_000);
    expect(ada.last("error")).toMatchObject({ ref: "join", code: "unavailable" });
    expect(isOpen(here)).toBe(false);
    here.access.away = false;
    expect(ada.join(ROOM).replay).toBe("recent");
  });
});

describe("a feed without readers", () => {
  const LINGER_MS = 30_000;

  const left = () => {
    const { deployment, here, there } = two();
    const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    const { id } = bob.post(ROOM, "one");
    deployment.advance(10);
    ada.cut();
    return { deployment, here, there, bob, id };
  };

  it("[R6] is kept for 30 s and follows the log, so a resume in that time costs no read", () => {
    const { deployment, here, bob, id } = left();
    bob.post(ROOM, "two");
    deployment.advance(LINGER_MS - 1_000);
    expect(isOpen(here)).toBe(true);
    const { joined, reads } = resume(here, id);
    expect([texts(joined.events), reads]).toEqual([["two"], 0]);
  });

  it("[R2] is closed after that, and opens again without a gap", () => {
    const { deployment, here, bob, id } = left();
    deployment.advance(LINGER_MS + 1_000);
    expect(isOpen(here)).toBe(false);
    expect(here.feeds.size()).toBe(0);
    bob.post(ROOM, "two");
    const { client, joined } = resume(here, id);
    bob.post(ROOM, "three");
    deployment.advance(10);
    expect(texts([...joined.events, ...client.events(ROOM)])).toEqual(["two", "three"]);
  });

  it("[R6] stays open while one reader is left", () => {
    const { deployment, here } = left();
    const stays = here.enter("Stays", ROOM);
    for (let nth = 0; nth < 3; nth += 1) {
      here.enter("Goes", ROOM).hangUp();
      deployment.advance(2 * LINGER_MS);
    }
    expect(isOpen(here)).toBe(true);
    stays.hangUp();
    deployment.advance(LINGER_MS + 1_000);
    expect(isOpen(here)).toBe(false);
  });

  it("[R4] is reopened too if the log lost its tail", () => {
    const { deployment, here, there } = two();
    const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    const { id } = bob.post(ROOM, "kept");
    const snapshot = deployment.store.snapshot();
    deployment.advance(10);
    const lost = bob.post(ROOM, "lost");
    deployment.advance(10);
    ada.cut();
    deployment.store.restore(snapshot);
    deployment.advance(26_000);
    expect(resume(here, lost.id).joined).toMatchObject({ replay: "reset", reason: "unknown" });
    expect(resume(here, id).joined.replay).toBe("resumed");
  });
});

describe("a feed that reopens after the log lost its tail", () => {
  const resets = (client: VirtualClient) => client.all("joined").filter(({ ref }) => ref === undefined);

  it("[R4] [D5] sends nothing while the log is away, and retries until the log answers", () => {
    const { deployment, here, there } = two();
    const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    const snapshot = deployment.store.snapshot();
    deployment.advance(1_000);
    bob.post(ROOM, "lost");
    deployment.advance(1_000);
    deployment.store.restore(snapshot);
    here.access.away = true;
    bob.post(ROOM, "after it");
    deployment.advance(60_000);
    expect(resets(ada)).toEqual([]);
    expect(texts(ada.events(ROOM))).toEqual(["lost"]);
    expect(resets(bob)).toHaveLength(1);
    here.access.away = false;
    deployment.advance(5_000);
    expect(resets(ada)).toHaveLength(1);
    expect(texts(ada.last("joined").events)).toEqual(["after it"]);
    bob.post(ROOM, "and on");
    deployment.advance(10);
    expect(texts(ada.events(ROOM))).toEqual(["lost", "and on"]);
  });
});
