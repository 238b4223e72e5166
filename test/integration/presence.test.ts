/**
 * Tests of SPEC, Presence: members, leaving, the grace time, and typing.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { readLog } from "../support/log-over-http.ts";
import type { Event } from "../support/wire-schema.ts";

const comingsOf = (events: readonly Event[], user: string): readonly string[] =>
  events.filter(({ type, by }) => type.startsWith("member.") && by.id === user).map(({ type }) => type);

describe.each(LOGS)("presence, on %s", (log) => {
  const fixture = new ServerFixture(log);

  it("[P1] a user joins with their first connection and leaves with their last", async () => {
    const room = newRoom();
    const watcher = await fixture.enter("Watcher", room);
    const { client: one, welcome } = await fixture.greet("Ada");
    const { client: other } = await fixture.greet("Ada", welcome.token);
    const user = welcome.user.id;
    const has = (type: Event["type"]) => (event: Event) => event.type === type && event.by.id === user;
    await Promise.all([one.join(room), other.join(room)]);
    await watcher.event(room, has("member.joined"));
    await one.ask("left", { type: "leave", room });
    await one.join(room);
    await one.ask("left", { type: "leave", room });
    await other.close(1000);
    await watcher.event(room, has("member.left"));
    expect(comingsOf(await readLog(fixture.server.url, room), user)).toEqual([
      "member.joined",
      "member.left",
    ]);
  });

  it("[P1] joins and leaves alternate while many connections come and go at once", async () => {
    const room = newRoom();
    const watcher = await fixture.enter("Watcher", room);
    const { client: first, welcome } = await fixture.greet("Ada");
    const user = welcome.user.id;
    for (let turn = 0; turn < 5; turn += 1) {
      const guests = await Promise.all([1, 2, 3].map(() => fixture.greet("Ada", welcome.token)));
      await Promise.all(guests.map(({ client }) => client.join(room)));
      await Promise.all(
        guests.map(({ client }, nth) =>
          nth === 0 ? client.close(1000) : client.ask("left", { type: "leave", room }),
        ),
      );
    }
    await first.join(room);
    const { seq } = await first.post(room, "here again");
    await watcher.event(room, (event) => event.seq === seq);
    const comings = comingsOf(await readLog(fixture.server.url, room), user);
    expect(comings.length).toBeGreaterThan(0);
    for (const [nth, type] of comings.entries()) {
      expect(type).toBe(nth % 2 === 0 ? "member.joined" : "member.left");
    }
    expect(comings.at(-1)).toBe("member.joined");
  });

  it("[P2] a user whose connection is cut and who is back within the grace time has not left", async () => {
    const room = newRoom();
    const watcher = await fixture.enter("Watcher", room);
    const { client, welcome } = await fixture.greet("Ada");
    await client.join(room);
    client.cut();
    await client.closed;
    const { client: again } = await fixture.greet("Ada", welcome.token);
    await again.join(room);
    // Three heartbeats are longer than the grace time and the period of sweeps.
    for (let beat = 0; beat < 3; beat += 1) await watcher.next("heartbeat");
    expect(comingsOf(await readLog(fixture.server.url, room), welcome.user.id)).toEqual(["member.joined"]);
  });

  it("[P2] a user whose connection is cut and who does not come back leaves within 10 s after the grace time", async () => {
    const room = newRoom();
    const watcher = await fixture.enter("Watcher", room);
    const { client, welcome } = await fixture.greet("Ada");
    await client.join(room);
    const cut = performance.now();
    client.cut();
    const left = ({ type, by }: Event): boolean => type === "member.left" && by.id === welcome.user.id;
    await watcher.event(room, left, 11_500);
    expect(performance.now() - cut).toBeGreaterThan(900);
  });

  it("[P4] the members in joined and the events after its head give the present members", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const bob = await fixture.enter("Bob", room);
    const { client: eve } = await fixture.greet("Eve");
    const joined = await eve.join(room);
    expect(joined.memberCount).toBe(joined.members.length);
    await ada.close(1000);
    await fixture.enter("Dan", room);
    const { seq } = await bob.post(room, "that is all of us");
    await eve.event(room, (event) => event.seq === seq);
    const names = new Map(joined.members.map(({ id, name }) => [id, name]));
    for (const { type, by } of eve.eventsOf(room).filter((event) => event.seq > joined.head.seq)) {
      if (type === "member.joined") names.set(by.id, by.name);
      if (type === "member.left") names.delete(by.id);
    }
    expect([...names.values()].toSorted()).toEqual(["Bob", "Dan", "Eve"]);
  });

  it("[P5] typing reaches the others and not the sender, and is not stored", async () => {
    const room = newRoom();
    const { client: ada, welcome } = await fixture.greet("Ada");
    await ada.join(room);
    const bob = await fixture.enter("Bob", room);
    ada.send({ type: "typing", room });
    expect(await bob.next("signal")).toEqual({ type: "signal", room, kind: "typing", user: welcome.user });
    await ada.post(room, "typed");
    await ada.next("heartbeat");
    expect(ada.received.filter(({ type }) => type === "signal")).toEqual([]);
    const types = new Set((await readLog(fixture.server.url, room)).map(({ type }) => type));
    expect([...types].toSorted()).toEqual(["member.joined", "message.posted"]);
  });
});

describe.each(LOGS)("presence with a long grace time, on %s", (log) => {
  const fixture = new ServerFixture(log, { PRESENCE_GRACE_S: "30" });

  it("[P2] a user leaves at once with leave, and with a close with 1000", async () => {
    const room = newRoom();
    const watcher = await fixture.enter("Watcher", room);
    const { client: ada, welcome: one } = await fixture.greet("Ada");
    const { client: bob, welcome: other } = await fixture.greet("Bob");
    await Promise.all([ada.join(room), bob.join(room)]);
    await ada.ask("left", { type: "leave", room });
    await bob.close(1000);
    for (const { user } of [one, other]) {
      const left = await watcher.event(room, ({ type, by }) => type === "member.left" && by.id === user.id);
      expect(left.by).toEqual(user);
    }
  });
});
