/**
 * L3 and L4 in virtual time: what an address, a user and a connection may do beside messages.
 */
import { describe, expect, it } from "vitest";
import { FloodPenalties } from "../../src/app/admission/flood-penalties.ts";
import { KeyedBuckets } from "../../src/app/admission/keyed-buckets.ts";
import { TypingGate } from "../../src/app/fan-out/typing-gate.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";
import type { VirtualClient } from "./virtual-client.ts";
import { startAlone, VirtualDeployment } from "./virtual-deployment.ts";

const join = (client: VirtualClient, room: string) => client.ask({ type: "join", room, limit: 0 });
const codeOf = (answer: object): unknown => ("code" in answer ? answer.code : "served");

describe("new rooms", () => {
  it("[L3] attack 6: an address makes 60 rooms at once and one a second, with any number of users", () => {
    const { deployment, instance } = startAlone();
    const codes = Array.from({ length: 100 }, (_, nth) => {
      const client = instance.greet(`guest ${nth}`);
      return codeOf(join(client, `room-${nth}`));
    });
    expect(codes.filter((code) => code === "served")).toHaveLength(60);
    expect(new Set(codes.slice(60))).toEqual(new Set(["rate_limited"]));
    const client = instance.greet("Ada");
    expect(join(client, "one-more")).toMatchObject({ code: "rate_limited", retryAfterMs: 1_000 });
    deployment.advance(1_000);
    expect(codeOf(join(client, "one-more"))).toBe("served");
    expect(codeOf(join(client, "another"))).toBe("rate_limited");
  });

  it("[L3] a room whose log has an entry costs nothing, even if another instance made it", () => {
    const deployment = new VirtualDeployment({ newRooms: { perSecond: 1, burst: 1 } });
    const [here, there] = [deployment.start(), deployment.start()];
    here.enter("Ada", "old").post("old", "hi");
    const bob = there.greet("Bob");
    expect(codeOf(join(bob, "new"))).toBe("served");
    expect(codeOf(join(bob, "old"))).toBe("served");
    const eve = here.greet("Eve");
    for (const room of ["old", "new"]) expect(codeOf(join(eve, room))).toBe("served");
  });

  it("[L3] each address has a bucket of its own, and one without a bound has none", () => {
    const { instance } = startAlone({ newRooms: { perSecond: 1, burst: 1 } });
    const clients = ["192.0.2.1", "192.0.2.2"].map((address) => instance.connect(address));
    for (const [nth, client] of clients.entries()) {
      client.hello(`guest ${nth}`);
      expect(codeOf(join(client, `first-${nth}`))).toBe("served");
      expect(codeOf(join(client, `second-${nth}`))).toBe("rate_limited");
    }
    const unbounded = startAlone({ newRooms: undefined }).instance.greet("Ada");
    for (let nth = 0; nth < 100; nth += 1) expect(codeOf(join(unbounded, `room-${nth}`))).toBe("served");
  });
});

describe("commands with bounds of their own", () => {
  it("[L4] attack 7: leaves have the rate of messages", () => {
    const { instance } = startAlone();
    const client = instance.greet("Ada");
    for (let nth = 0; nth < 30; nth += 1) client.join(`room-${nth}`);
    const codes = Array.from({ length: 30 }, (_, nth) =>
      codeOf(client.ask({ type: "leave", room: `room-${nth}` })),
    );
    expect(codes.filter((code) => code === "served")).toHaveLength(20);
    expect(codes.filter((code) => code === "rate_limited")).toHaveLength(10);
  });

  it("[L4] [W8] attack 7: of 180 hellos with another name one is served, and another after 10 s", () => {
    const { deployment, instance } = startAlone();
    const client = instance.enter("Ada", "lobby");
    for (let nth = 0; nth < 180; nth += 1) client.say({ type: "hello", name: `Ada ${nth}` });
    expect(client.all("welcome")).toHaveLength(2);
    expect(client.last("error")).toMatchObject({ code: "rate_limited" });
    client.post("lobby", "by the first of the names");
    expect(client.events("lobby").at(-1)?.by.name).toBe("Ada 0");
    client.hello("Ada 0");
    deployment.advance(9_000);
    client.say({ type: "hello", name: "too soon" });
    expect(client.last("error")).toMatchObject({ code: "rate_limited", retryAfterMs: 1_000 });
    deployment.advance(1_000);
    expect(client.hello("in time").user.name).toBe("in time");
  });

  it("[L4] [P5] attack 7: of 198 typing frames one is relayed, over all connections and instances", () => {
    const deployment = new VirtualDeployment();
    const [here, there] = [deployment.start(), deployment.start()];
    const bob = here.enter("Bob", "lobby");
    const ada = here.enter("Ada", "lobby");
    const same = there.connect();
    same.hello("Ada", ada.last("welcome").token);
    same.join("lobby");
    for (let nth = 0; nth < 99; nth += 1) {
      ada.say({ type: "typing", room: "lobby" });
      same.say({ type: "typing", room: "lobby" });
    }
    deployment.advance(1_000);
    expect(bob.all("signal")).toHaveLength(1);
    expect(ada.all("error")).toEqual([]);
    deployment.advance(1_000);
    ada.say({ type: "typing", room: "lobby" });
    deployment.advance(100);
    expect(bob.all("signal")).toHaveLength(2);
  });
});

describe("memory of limits", () => {
  const MANY = 100_000;

  it("[L3] attack 6: buckets of 100,000 addresses are bounded, and the newest are kept", () => {
    const buckets = new KeyedBuckets<string>({ perSecond: 1, burst: 1 });
    for (let nth = 0; nth < MANY; nth += 1) buckets.take(`${nth}`, 0);
    expect(buckets.bytes).toBeLessThanOrEqual(20_000 * 250);
    expect(buckets.take(`${MANY - 1}`, 0).ok).toBe(false);
    for (let nth = 0; nth < MANY; nth += 1) buckets.take(`${nth}`, 10_000);
    expect(buckets.bytes).toBeLessThanOrEqual(20_000 * 250);
  });

  it("[L1] penalties of 100,000 addresses are bounded, and the newest are kept", () => {
    const penalties = new FloodPenalties();
    for (let nth = 0; nth < MANY; nth += 1) penalties.penalise(`${nth}`, 0);
    expect(penalties.bytes).toBeLessThanOrEqual(10_000 * 250);
    expect(penalties.waitMs(`${MANY - 1}`, 0)).toBe(500);
    expect(penalties.waitMs("somebody else", 0)).toBe(0);
  });

  it("[L4] the typing gate forgets signals after 2 s", () => {
    const room = parseRoomName("lobby");
    const gate = new TypingGate();
    const passed = Array.from({ length: 15_000 }, (_, nth) => {
      const user = parseUserId(`user-${nth}`);
      return room.ok && user.ok && gate.passes(room.value, user.value, 0);
    });
    expect(passed.filter((one) => one)).toHaveLength(10_000);
    const late = parseUserId("late");
    expect(room.ok && late.ok && gate.passes(room.value, late.value, 2_000)).toBe(true);
  });
});
