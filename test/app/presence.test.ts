/**
 * Presence in virtual time: the grace time, leases of an instance that dies, typing, and rooms of 200 and
 * more.
 */
import { describe, expect, it } from "vitest";
import type { Event } from "../support/wire-schema.ts";
import { startAlone, VirtualDeployment, type DeploymentOptions } from "./virtual-deployment.ts";
import type { VirtualClient } from "./virtual-client.ts";

const ROOM = "lobby";
const GRACE_MS = 15_000;

const two = (options: DeploymentOptions = {}) => {
  const deployment = new VirtualDeployment(options);
  return { deployment, here: deployment.start(), there: deployment.start() };
};

/** The joins and leaves that a watcher saw. */
const comings = (watcher: VirtualClient): readonly string[] =>
  watcher
    .events(ROOM)
    .filter(({ type }: Event) => type === "member.joined" || type === "member.left")
    .map(({ type, by }) => `${by.name} ${type === "member.joined" ? "joined" : "left"}`);

describe("a member", () => {
  it("[P1] joins with the first connection and leaves with the last, on any instances", () => {
    const { here, there } = two();
    const watcher = here.enter("Watcher", ROOM);
    const one = here.enter("Ada", ROOM);
    const other = there.connect();
    other.hello("Ada", one.last("welcome").token);
    other.join(ROOM);
    one.ask({ type: "leave", room: ROOM });
    one.join(ROOM);
    one.hangUp();
    expect(comings(watcher)).toEqual(["Ada joined"]);
    other.ask({ type: "leave", room: ROOM });
    expect(comings(watcher)).toEqual(["Ada joined", "Ada left"]);
  });

  it("[P2] leaves at once with leave, and with a close with 1000", () => {
    const { instance } = startAlone();
    const watcher = instance.enter("Watcher", ROOM);
    const [ada, bob] = [instance.enter("Ada", ROOM), instance.enter("Bob", ROOM)];
    ada.ask({ type: "leave", room: ROOM });
    bob.hangUp(1000);
    expect(comings(watcher).slice(2)).toEqual(["Ada left", "Bob left"]);
  });

  it("[P2] whose connection is cut has not left if another joins within the grace time", () => {
    const { deployment, here, there } = two();
    const watcher = here.enter("Watcher", ROOM);
    const ada = here.enter("Ada", ROOM);
    ada.cut();
    deployment.advance(GRACE_MS - 2_000);
    const again = there.connect();
    again.hello("Ada", ada.last("welcome").token);
    again.join(ROOM);
    deployment.advance(120_000);
    expect(comings(watcher)).toEqual(["Ada joined"]);
  });

  it("[P2] whose connection is cut leaves within 10 s after the grace time, and not before", () => {
    const { deployment, instance } = startAlone();
    const watcher = instance.enter("Watcher", ROOM);
    const ada = instance.enter("Ada", ROOM);
    ada.cut();
    deployment.advance(GRACE_MS - 1);
    expect(comings(watcher)).toEqual(["Ada joined"]);
    deployment.advance(10_000);
    expect(comings(watcher)).toEqual(["Ada joined", "Ada left"]);
  });

  it("[P2] stays for as long as a connection stays", () => {
    const { deployment, instance } = startAlone();
    const watcher = instance.enter("Watcher", ROOM);
    instance.enter("Ada", ROOM);
    deployment.advance(30 * 60_000);
    expect(comings(watcher)).toEqual(["Ada joined"]);
  });

  it("[P3] of an instance that is killed leaves within 45 s, unless it moved to another instance", () => {
    const { deployment, here, there } = two();
    const watcher = here.enter("Watcher", ROOM);
    const [ada, bob] = [there.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    deployment.advance(60_000);
    there.process.kill();
    const moved = here.connect();
    moved.hello("Bob", bob.last("welcome").token);
    moved.join(ROOM);
    expect(ada.open).toBe(true);
    deployment.advance(45_000);
    expect(comings(watcher)).toEqual(["Ada joined", "Bob joined", "Ada left"]);
  });

  it("[P3] of an instance that paused for longer than a lease joins again", () => {
    const { deployment, here, there } = two();
    const watcher = here.enter("Watcher", ROOM);
    there.enter("Ada", ROOM);
    there.process.freeze();
    deployment.advance(60_000);
    expect(comings(watcher)).toEqual(["Ada joined", "Ada left"]);
    there.process.thaw();
    deployment.advance(10_000);
    expect(comings(watcher)).toEqual(["Ada joined", "Ada left", "Ada joined"]);
  });

  it("[P4] is in `members` at the head, or in the events after it", () => {
    const { deployment, here, there } = two();
    const [ada, bob] = [here.enter("Ada", ROOM), there.enter("Bob", ROOM)];
    const eve = there.greet("Eve");
    const { members, memberCount, head } = eve.join(ROOM);
    expect(memberCount).toBe(members.length);
    ada.hangUp();
    here.enter("Dan", ROOM);
    bob.post(ROOM, "that is all of us");
    deployment.advance(10);
    const names = new Map(members.map(({ id, name }) => [id, name]));
    for (const { type, by, seq } of eve.events(ROOM)) {
      if (seq <= head.seq) continue;
      if (type === "member.joined") names.set(by.id, by.name);
      if (type === "member.left") names.delete(by.id);
    }
    expect([...names.values()].toSorted()).toEqual(["Bob", "Dan", "Eve"]);
  });
});

describe("typing", () => {
  it("[P5] reaches the room's other connections on all instances, and is not stored", () => {
    const { deployment, here, there } = two();
    const [ada, near, far] = [here.enter("Ada", ROOM), here.enter("Near", ROOM), there.enter("Far", ROOM)];
    const elsewhere = there.enter("Elsewhere", "other");
    ada.say({ type: "typing", room: ROOM });
    deployment.advance(10);
    for (const client of [near, far]) {
      expect(client.all("signal")).toEqual([
        { type: "signal", room: ROOM, kind: "typing", user: ada.last("welcome").user },
      ]);
    }
    for (const client of [ada, elsewhere]) expect(client.all("signal")).toEqual([]);
    expect(ada.post(ROOM, "typed").seq).toBe(4);
  });
});

describe("a room of 200 members", () => {
  it("[P6] counts new members without listing them, and sends the count at most once a second", () => {
    const { deployment, instance } = startAlone();
    const crowd = Array.from({ length: 200 }, (_, nth) => instance.enter(`Member ${nth}`, ROOM));
    const [watcher] = crowd;
    deployment.advance(2_000);
    const before = watcher?.events(ROOM).length;
    expect(instance.greet("Ada").join(ROOM).members).toHaveLength(200);
    const more = [instance.enter("Bob", ROOM), instance.enter("Cleo", ROOM)];
    deployment.advance(1_000);
    expect(watcher?.all("members").map(({ memberCount }) => memberCount)).toEqual([203]);
    for (const client of more) client.hangUp();
    deployment.advance(1_000);
    expect(watcher?.all("members").map(({ memberCount }) => memberCount)).toEqual([203, 201]);
    deployment.advance(10_000);
    expect(watcher?.all("members")).toHaveLength(2);
    expect(watcher?.events(ROOM)).toHaveLength(before ?? 0);
  });
});
