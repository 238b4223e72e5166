/**
 * Rooms in virtual time: joining, leaving and resuming on several instances that share a log, and the answers
 * while the log is away.
 */
import { describe, expect, it } from "vitest";
import type { Event } from "../support/wire-schema.ts";
import { startAlone, VirtualDeployment, type DeploymentOptions } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const ROOM = "lobby";
const UNLIMITED = { messages: { perSecond: 1_000_000, burst: 1_000_000 } };

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, nth) => from + nth);
const seqs = (events: readonly Event[]): readonly number[] => events.map(({ seq }) => seq);

const two = (options: DeploymentOptions = {}) => {
  const deployment = new VirtualDeployment({ ...UNLIMITED, ...options });
  return { deployment, here: deployment.start(), there: deployment.start() };
};

const postMany = (client: VirtualClient, count: number) =>
  range(1, count).map((nth) => client.post(ROOM, `message ${nth}`));

describe("a room", () => {
  it("[D1] [D2] [D3] gives all members on all instances the same events once, the sender too", () => {
    const { deployment, here, there } = two();
    const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    const acks = [ada, bob, ada, bob].map((client, nth) => client.post(ROOM, `message ${nth}`));
    deployment.advance(10);
    const posted = (client: VirtualClient) =>
      client.events(ROOM).filter(({ type }) => type === "message.posted");
    expect(posted(ada).map(({ id, seq }) => ({ id, seq }))).toEqual(acks.map(({ id, seq }) => ({ id, seq })));
    expect(posted(bob)).toEqual(posted(ada));
  });

  it("[R1] without a position gives the newest events, and says whether older ones are kept", () => {
    const { here, there } = two();
    postMany(here.enter("Ada", ROOM), 80);
    for (const [limit, expected] of [
      [undefined, 50],
      [0, 0],
      [7, 7],
      [500, 500],
    ] as const) {
      const joined = there.greet("Bob").join(ROOM, { limit });
      const { seq: head } = joined.head;
      const count = Math.min(expected, head);
      expect(joined).toMatchObject({ replay: "recent", more: count < head });
      expect(seqs(joined.events)).toEqual(range(head - count + 1, head));
    }
  });

  it("[R2] with a position that the log holds gives the later events, on any instance", () => {
    const { here, there } = two();
    const acks = postMany(here.enter("Ada", ROOM), 100);
    for (const instance of [here, there]) {
      for (const { id, seq } of [{ id: "0-0", seq: 0 }, ...acks.slice(0, 3), ...acks.slice(-2)]) {
        const joined = instance.greet("Bob").join(ROOM, { after: id, limit: 1 });
        expect(joined).toMatchObject({ replay: "resumed", more: false });
        expect(seqs(joined.events)).toEqual(range(seq + 1, joined.head.seq));
      }
    }
  });

  it("[R2] [R5] gives 3,000 missed events in order and in bounded frames, ahead of newer events", () => {
    const { here, there } = two({ backlogEvents: 100 });
    const ada = here.enter("Ada", ROOM);
    postMany(ada, 3_000);
    const bob = there.greet("Bob");
    const joined = bob.join(ROOM, { after: "0-0" });
    ada.post(ROOM, "newer");
    there.deployment.advance(100);
    expect(joined.events).toHaveLength(500);
    const all = [...joined.events, ...bob.events(ROOM)];
    expect(seqs(all)).toEqual(range(1, all.length));
    expect(all.at(-1)).toMatchObject({ text: "newer" });
    for (const { events } of bob.all("events")) expect(events.length).toBeLessThanOrEqual(500);
  });

  it("[R3] with a position that it never gave out answers reset, unknown, and the newest events", () => {
    const { here, there } = two();
    const { id } = postMany(here.enter("Ada", ROOM), 60).at(-1) ?? { id: "" };
    const [ms] = id.split("-");
    for (const after of ["1-1", "99999999999999-0", `${ms}-1000`]) {
      const joined = there.greet("Bob").join(ROOM, { after, limit: 10 });
      expect(joined).toMatchObject({ replay: "reset", reason: "unknown", more: true });
      expect(seqs(joined.events)).toEqual(range(joined.head.seq - 9, joined.head.seq));
    }
  });

  it("[R3] with a trimmed position answers reset, trimmed, and with a kept position resumed", () => {
    const { here, there } = two({ maxEvents: 20, backlogEvents: 10 });
    const acks = postMany(here.enter("Ada", ROOM), 60);
    for (const after of ["0-0", acks[0]?.id, "1-1"]) {
      const joined = there.greet("Bob").join(ROOM, { after, limit: 5 });
      expect(joined).toMatchObject({ replay: "reset", reason: "trimmed", more: true });
    }
    const kept = acks.at(-5);
    const joined = there.greet("Bob").join(ROOM, { after: kept?.id });
    expect(joined.replay).toBe("resumed");
    expect(seqs(joined.events)).toEqual(range((kept?.seq ?? 0) + 1, joined.head.seq));
  });

  it("[W5] can be joined once and left once; after that its commands get not_joined", () => {
    const { instance } = startAlone();
    const ada = instance.enter("Ada", ROOM);
    expect(ada.ask({ type: "join", room: ROOM })).toMatchObject({ code: "already_joined" });
    expect(ada.ask({ type: "leave", room: ROOM })).toMatchObject({ type: "left" });
    for (const frame of [
      { type: "leave" },
      { type: "post", key: "k", text: "hi" },
      { type: "history", before: "1-1" },
      { type: "typing" },
    ]) {
      expect(ada.ask({ room: ROOM, ...frame })).toMatchObject({ code: "not_joined" });
    }
    const watcher = instance.enter("Watcher", ROOM);
    const before = ada.received.length;
    watcher.post(ROOM, "without Ada");
    expect(ada.received).toHaveLength(before);
  });

  it("[I1] appends a key once, over connections and instances", () => {
    const { here, there } = two();
    const ada = here.enter("Ada", ROOM);
    const first = ada.post(ROOM, "once", { key: "k" });
    const { token } = ada.last("welcome");
    ada.cut();
    const again = there.connect();
    again.hello("Ada", token);
    again.join(ROOM);
    expect(again.post(ROOM, "twice", { key: "k" })).toMatchObject({
      id: first.id,
      seq: first.seq,
      duplicate: true,
    });
  });
});

describe("a slow reader", () => {
  it("[D4] is not pushed to, delays no other reader, and gets everything after it has drained", () => {
    const { instance } = startAlone({ ...UNLIMITED, slowReaderBytes: 1_000, backlogEvents: 10 });
    const [ada, slow] = [instance.enter("Ada", ROOM), instance.enter("Slow", ROOM)];
    slow.unsent = 1_001;
    const acks = postMany(ada, 1_000);
    expect(slow.events(ROOM)).toEqual([]);
    expect(ada.events(ROOM).at(-1)?.seq).toBe(acks.at(-1)?.seq);
    slow.drain();
    expect(seqs(slow.events(ROOM))).toEqual(acks.map(({ seq }) => seq));
    const { seq } = ada.post(ROOM, "live again");
    expect(slow.events(ROOM).at(-1)?.seq).toBe(seq);
  });
});

describe("while the log is away", () => {
  it("[D5] commands get unavailable within 2 s, connections stay open, and the same key is stored later", () => {
    const { deployment, instance } = startAlone();
    const ada = instance.enter("Ada", ROOM);
    instance.access.away = true;
    const frame = { type: "post", ref: "post", room: ROOM, key: "k", text: "hi" };
    ada.say(frame);
    ada.say({ type: "join", ref: "join", room: "other" });
    ada.say({ type: "history", ref: "history", room: ROOM, before: "1-1" });
    deployment.advance(2_000);
    const answers = ada.all("error").map(({ ref, code }) => [ref, code]);
    expect(answers.toSorted()).toEqual([
      ["history", "unavailable"],
      ["join", "unavailable"],
      ["post", "unavailable"],
    ]);
    deployment.advance(60_000);
    expect(ada.open).toBe(true);
    instance.access.away = false;
    ada.say(frame);
    expect(ada.last("ack")).toMatchObject({ ref: "post", duplicate: false });
    expect(ada.join("other").replay).toBe("recent");
  });

  it("[D5] a join that failed leaves no member behind", () => {
    const { deployment, instance } = startAlone();
    const ada = instance.greet("Ada");
    instance.access.away = true;
    ada.say({ type: "join", ref: "join", room: ROOM });
    deployment.advance(10_000);
    instance.access.away = false;
    deployment.advance(60_000);
    expect(instance.enter("Bob", ROOM).last("joined").members).toMatchObject([{ name: "Bob" }]);
    expect(ada.join(ROOM).members).toHaveLength(2);
  });
});

describe("while the log is slow", () => {
  it("[P1] a connection that ends during a join leaves no member and no reader behind", () => {
    const { deployment, instance } = startAlone();
    instance.access.delayMs = 300;
    for (const endsAfterMs of [0, 150, 450, 750, 1_050]) {
      const ada = instance.greet("Ada");
      ada.say({ type: "join", ref: "join", room: ROOM });
      deployment.advance(endsAfterMs);
      ada.cut();
      deployment.advance(60_000);
      expect(deployment.membersOf(ROOM)).toEqual([]);
      expect(instance.feeds.size()).toBe(0);
    }
  });

  it("[W4] the commands of one room are answered in order, and no other room waits for them", () => {
    const { deployment, instance } = startAlone();
    const ada = instance.enter("Ada", "quick");
    instance.access.delayMs = 500;
    ada.say({ type: "join", ref: "join", room: ROOM });
    deployment.advance(100);
    instance.access.delayMs = 0;
    ada.say({ type: "post", ref: "waits", room: ROOM, key: "k", text: "behind the join" });
    expect(ada.post("quick", "at once").duplicate).toBe(false);
    expect(ada.all("ack").map(({ ref }) => ref)).not.toContain("waits");
    deployment.advance(5_000);
    expect(ada.last("joined").ref).toBe("join");
    expect(ada.last("ack").ref).toBe("waits");
  });
});
