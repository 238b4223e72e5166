/**
 * R4 in virtual time: the log loses its tail, as in a failover to a replica that lagged, and every instance
 * notices it.
 */
import { describe, expect, it } from "vitest";
import type { FrameOf } from "../support/wire-schema.ts";
import { VirtualDeployment, type DeploymentOptions } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const ROOM = "lobby";
const HEARTBEAT_MS = 25_000;

const texts = ({ events }: FrameOf<"joined">): readonly string[] =>
  events.flatMap((event) => ("text" in event ? [String(event.text)] : []));

/** The resets without a `ref`: no join asked for them. */
const resets = (client: VirtualClient) => client.all("joined").filter(({ ref }) => ref === undefined);

const given = (options: DeploymentOptions = {}) => {
  const deployment = new VirtualDeployment({ heartbeatMs: HEARTBEAT_MS, ...options });
  const [here, there] = [deployment.start(), deployment.start()];
  const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
  ada.post(ROOM, "kept");
  const snapshot = deployment.store.snapshot();
  deployment.advance(1_000);
  /** The store loses all that came after the snapshot. */
  const failOver = (): void => {
    deployment.advance(1_000);
    deployment.store.restore(snapshot);
  };
  return { deployment, here, there, ada, bob, failOver };
};

describe("a log that lost its tail", () => {
  it("[R4] is noticed with the next event: every client restarts once from the log's present entries", () => {
    const { deployment, ada, bob, failOver } = given();
    ada.post(ROOM, "lost");
    failOver();
    bob.post(ROOM, "after it");
    deployment.advance(1_000);
    for (const client of [ada, bob]) {
      expect(resets(client)).toMatchObject([{ replay: "reset", reason: "unknown" }]);
      expect(texts(client.last("joined"))).toEqual(["kept", "after it"]);
    }
    ada.post(ROOM, "and on");
    deployment.advance(2 * HEARTBEAT_MS);
    for (const client of [ada, bob]) {
      expect(resets(client)).toHaveLength(1);
      expect(client.events(ROOM).at(-1)).toMatchObject({ text: "and on" });
    }
  });

  it("[R4] is noticed by the predecessor of an entry alone, if its id and its seq would fit", () => {
    const { deployment, ada, bob, failOver } = given();
    const lost = ada.post(ROOM, "lost");
    failOver();
    // The replica's clock is behind: its first entry gets an id below the lost one, and no follower reads it.
    deployment.skewMs = -1_500;
    const below = ada.post(ROOM, "below the lost one");
    expect(below.seq).toBe(lost.seq);
    deployment.skewMs = 0;
    bob.post(ROOM, "above the lost one");
    deployment.advance(10);
    for (const client of [ada, bob]) {
      expect(resets(client)).toMatchObject([{ replay: "reset", reason: "unknown" }]);
      expect(texts(client.last("joined"))).toEqual(["kept", "below the lost one", "above the lost one"]);
    }
  });

  it("[R4] is noticed within heartbeatMs if no event comes", () => {
    const { deployment, ada, bob, failOver } = given();
    ada.post(ROOM, "lost");
    failOver();
    deployment.advance(HEARTBEAT_MS);
    for (const client of [ada, bob]) {
      expect(resets(client)).toMatchObject([{ replay: "reset", reason: "unknown" }]);
      expect(texts(client.last("joined"))).toEqual(["kept"]);
    }
  });

  it("[R4] resets no room that lost nothing", () => {
    const { deployment, ada, bob, failOver } = given();
    bob.join("other");
    deployment.advance(1_000);
    failOver();
    deployment.advance(2 * HEARTBEAT_MS);
    expect(resets(ada)).toEqual([]);
    expect(resets(bob)).toMatchObject([{ room: "other" }]);
  });

  it("[R4] has the members on its board again within 15 s", () => {
    const { deployment, here, ada, failOver } = given();
    here.enter("Cleo", ROOM);
    ada.post(ROOM, "lost");
    failOver();
    deployment.advance(15_000);
    const { members } = here.greet("Eve").join(ROOM);
    expect(members.map(({ name }) => name).toSorted()).toEqual(["Ada", "Bob", "Cleo", "Eve"]);
  });

  it("[R3] [R4] answers a resume from a lost position with a reset, on an instance that opens the room now", () => {
    const { deployment, ada, failOver } = given();
    const lost = ada.post(ROOM, "lost");
    failOver();
    const joined = deployment.start().greet("Eve").join(ROOM, { after: lost.id });
    expect(joined).toMatchObject({ replay: "reset", reason: "unknown" });
    expect(texts(joined)).toEqual(["kept"]);
  });

  it("[R4] [R6] resets a client that resumed from memory before the instance noticed", () => {
    const { deployment, there, ada, failOver } = given();
    const lost = ada.post(ROOM, "lost");
    failOver();
    const eve = there.greet("Eve");
    eve.join(ROOM, { after: lost.id });
    deployment.advance(HEARTBEAT_MS);
    expect(eve.last("joined")).toMatchObject({ replay: "reset", reason: "unknown" });
    expect(texts(eve.last("joined"))).toEqual(["kept"]);
  });

  it("[R4] [D4] resets a slow reader once", () => {
    const { deployment, ada, bob, failOver } = given({ slowReaderBytes: 100 });
    bob.unsent = 101;
    ada.post(ROOM, "lost");
    failOver();
    ada.post(ROOM, "after it");
    deployment.advance(HEARTBEAT_MS);
    bob.drain();
    deployment.advance(2 * HEARTBEAT_MS);
    expect(resets(bob)).toHaveLength(1);
    ada.post(ROOM, "and on");
    deployment.advance(10);
    expect(bob.events(ROOM).at(-1)).toMatchObject({ text: "and on" });
  });

  it("[R4] [D4] resets a slow reader whose position is lost once, with all other clients", () => {
    const { deployment, there, ada, bob, failOver } = given({ slowReaderBytes: 100, backlogEvents: 3 });
    const slow = there.enter("Slow", ROOM);
    ada.post(ROOM, "lost");
    deployment.advance(10);
    slow.unsent = 101;
    for (let nth = 0; nth < 10; nth += 1) ada.post(ROOM, `lost too ${nth}`);
    failOver();
    slow.drain();
    for (const client of [slow, bob]) expect(resets(client)).toMatchObject([{ reason: "unknown" }]);
    deployment.advance(2 * HEARTBEAT_MS);
    for (const client of [slow, bob, ada]) expect(resets(client)).toHaveLength(1);
  });

  it("[I1] [R4] stores a command with a lost key again, once", () => {
    const { ada, failOver } = given();
    ada.post(ROOM, "lost", { key: "k" });
    failOver();
    expect(ada.post(ROOM, "lost", { key: "k" }).duplicate).toBe(false);
    expect(ada.post(ROOM, "lost", { key: "k" }).duplicate).toBe(true);
  });
});

describe("a log that was trimmed past the position of an instance", () => {
  it("[R3] resets the clients of that instance once, with the reason trimmed", () => {
    const { deployment, there, ada, bob } = given({ maxEvents: 10, backlogEvents: 10 });
    there.process.freeze();
    for (let nth = 0; nth < 20; nth += 1) ada.post(ROOM, `message ${nth}`);
    there.process.thaw();
    deployment.advance(HEARTBEAT_MS);
    expect(resets(ada)).toEqual([]);
    expect(resets(bob)).toMatchObject([{ replay: "reset", reason: "trimmed" }]);
    expect(texts(bob.last("joined")).at(-1)).toBe("message 19");
  });
});
