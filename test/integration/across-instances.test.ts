/**
 * Tests that two instances on one Redis behave as one service: the rules hold across them.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newRoom, settingsOf, startInstance } from "../support/server-fixture.ts";
import type { Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { readLog } from "../support/log-over-http.ts";
import { WireClient } from "../support/wire-client.ts";

describe("two instances on one Redis", () => {
  const life = new Lifetime();
  let instances: readonly Instance[] = [];

  beforeAll(async () => {
    const settings = await settingsOf("Redis", life);
    instances = await Promise.all([startInstance(life, settings), startInstance(life, settings)]);
  });
  afterAll(() => life.end());

  const greet = async (nth: number, name: string, token?: string) => {
    const url = instances[nth % instances.length]?.webSocketUrl ?? "";
    const client = life.own(await WireClient.connect(url), (one) => one.cut());
    return { client, welcome: await client.hello(name, token) };
  };

  const enter = async (nth: number, name: string, room: string): Promise<WireClient> => {
    const { client } = await greet(nth, name);
    await client.join(room);
    return client;
  };

  it("[D3] [D2] connections on both instances see the same events in the same order, with the same ids and seqs", async () => {
    const room = newRoom();
    const clients = await Promise.all(Array.from({ length: 6 }, (_, nth) => enter(nth, `user ${nth}`, room)));
    const acks = await Promise.all(
      clients.flatMap((client) => Array.from({ length: 50 }, (_, nth) => client.post(room, `text ${nth}`))),
    );
    const last = Math.max(...acks.map(({ seq }) => seq));
    await Promise.all(clients.map((client) => client.reach(room, last)));
    const log = await readLog(instances[0]?.url ?? "", room);
    expect(await readLog(instances[1]?.url ?? "", room)).toEqual(log);
    for (const client of clients) {
      const seen = client.eventsOf(room);
      const from = log.findIndex(({ id }) => id === seen.at(0)?.id);
      expect(seen).toEqual(log.slice(from, from + seen.length));
      expect(seen.at(-1)?.seq).toBe(log.at(-1)?.seq);
    }
  });

  it("[I1] the same key sent 50 times at once on both instances is appended once", async () => {
    const room = newRoom();
    const { welcome } = await greet(0, "Ada");
    const clients = await Promise.all(
      Array.from({ length: 10 }, async (_, nth) => {
        const { client } = await greet(nth, "Ada", welcome.token);
        await client.join(room);
        return client;
      }),
    );
    const acks = await Promise.all(
      clients.flatMap((client) => Array.from({ length: 5 }, () => client.post(room, "once", { key: "k" }))),
    );
    expect(acks).toHaveLength(50);
    expect(new Set(acks.map(({ id, seq }) => `${id} ${seq}`)).size).toBe(1);
    expect(acks.filter(({ duplicate }) => !duplicate)).toHaveLength(1);
    const posted = (await readLog(instances[0]?.url ?? "", room)).filter(
      ({ type }) => type === "message.posted",
    );
    expect(posted).toHaveLength(1);
  });

  it("[A1] [R2] a guest of one instance resumes on the other", async () => {
    const room = newRoom();
    const writer = await enter(0, "Writer", room);
    const { client: before, welcome } = await greet(0, "Ada");
    await before.join(room);
    const { id, seq } = await writer.post(room, "seen");
    await before.reach(room, seq);
    before.cut();
    for (let nth = 0; nth < 10; nth += 1) await writer.post(room, `missed ${nth}`);
    const { client: after, welcome: again } = await greet(1, "Ada", welcome.token);
    expect(again.user).toEqual(welcome.user);
    const joined = await after.join(room, { after: id });
    expect(joined.replay).toBe("resumed");
    const texts = joined.events.flatMap((event) => ("text" in event ? [event.text] : []));
    expect(texts).toEqual(Array.from({ length: 10 }, (_, nth) => `missed ${nth}`));
  });

  it("[P5] typing reaches the other instance within a second, and not the sender's connection", async () => {
    const room = newRoom();
    const { client: ada, welcome } = await greet(0, "Ada");
    await ada.join(room);
    const others = [await enter(0, "Bob", room), await enter(1, "Eve", room)];
    ada.send({ type: "typing", room });
    for (const other of others) {
      const signal = await other.next("signal", () => true, 1000);
      expect(signal).toEqual({ type: "signal", room, kind: "typing", user: welcome.user });
    }
    expect(ada.received.filter(({ type }) => type === "signal")).toEqual([]);
  });

  it("[P1] [P2] a user who moves to the other instance does not leave, and a user on both joins once", async () => {
    const room = newRoom();
    const watcher = await enter(0, "Watcher", room);
    const { client: before, welcome } = await greet(0, "Ada");
    await before.join(room);
    const { client: after } = await greet(1, "Ada", welcome.token);
    await after.join(room);
    await before.close(1000);
    const { seq } = await after.post(room, "I have moved");
    await watcher.reach(room, seq);
    const comings = (await readLog(instances[0]?.url ?? "", room))
      .filter(({ type, by }) => type.startsWith("member.") && by.id === welcome.user.id)
      .map(({ type }) => type);
    expect(comings).toEqual(["member.joined"]);
    await after.close(1000);
    await watcher.event(room, ({ type, by }) => type === "member.left" && by.id === welcome.user.id);
  });

  it("[D6] a message that was deleted on one instance is hidden on the other", async () => {
    const room = newRoom();
    const ada = await enter(0, "Ada", room);
    const reader = await enter(1, "Reader", room);
    const { id: message } = await ada.post(room, "a secret");
    const { seq } = await ada.ask("ack", { type: "delete", room, key: "d", message });
    await reader.reach(room, seq);
    const late = await greet(1, "Late");
    const { events } = await late.client.join(room, { after: "0-0" });
    expect(events.find(({ id }) => id === message)).toMatchObject({ deleted: true });
    expect(JSON.stringify(events)).not.toContain("a secret");
  });
});
