/**
 * Tests of SPEC, Presence, with several processes or many users: an instance that is killed, and a large
 * room.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newRoom, settingsOf, startInstance } from "../support/server-fixture.ts";
import type { Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { readLog } from "../support/log-over-http.ts";
import { WireClient } from "../support/wire-client.ts";
import type { Event } from "../support/wire-schema.ts";

const LARGE = 200;
const COMINGS = 60;
const LEFT_WITHIN_MS = 45_000;

const comingsOf = (events: readonly Event[], user: string): readonly string[] =>
  events.filter(({ type, by }) => type.startsWith("member.") && by.id === user).map(({ type }) => type);

// These tests run at the same time, because the first one mostly waits.
describe.concurrent("presence on two instances of one Redis", () => {
  const life = new Lifetime();
  let settings = {};
  let staying: Instance;

  beforeAll(async () => {
    settings = await settingsOf("Redis", life);
    staying = await startInstance(life, settings);
  });
  afterAll(() => life.end());

  const enter = async (instance: Instance, name: string, room: string, token?: string) => {
    const client = life.own(await WireClient.connect(instance.webSocketUrl), (one) => one.cut());
    const { user, token: own } = await client.hello(name, token);
    return { client, user, token: own, joined: await client.join(room) };
  };

  it("[P3] [P1] the members of an instance that is killed leave once within 45 s, and a member who moved does not", async () => {
    const room = newRoom();
    const dying = await startInstance(life, settings);
    const { client: watcher } = await enter(staying, "Watcher", room);
    const ada = await enter(dying, "Ada", room);
    const bob = await enter(dying, "Bob", room);
    await dying.kill();
    await enter(staying, "Bob", room, bob.token);
    const left = ({ type, by }: Event): boolean => type === "member.left" && by.id === ada.user.id;
    await watcher.event(room, left, LEFT_WITHIN_MS);
    const log = await readLog(staying.url, room);
    expect(comingsOf(log, ada.user.id)).toEqual(["member.joined", "member.left"]);
    expect(comingsOf(log, bob.user.id)).toEqual(["member.joined"]);
  });

  it("[P6] a user who joins a large room on either instance is counted without an event, and the count is sent once a second", async () => {
    const room = newRoom();
    const other = await startInstance(life, settings);
    const { client: watcher } = await enter(staying, "Watcher", room);
    for (let n = 1; n < LARGE; n += 1) await enter(n % 2 === 0 ? staying : other, `user ${n}`, room);
    const counted = async (count: number): Promise<void> => {
      for (;;) if ((await watcher.next("members")).memberCount === count) return;
    };
    const late = await enter(other, "Late", room);
    expect(late.joined.members.map(({ id }) => id)).not.toContain(late.user.id);
    await counted(LARGE + 1);
    await late.client.ask("left", { type: "leave", room });
    await counted(LARGE);
    expect(comingsOf(await readLog(staying.url, room), late.user.id)).toEqual([]);

    // With any number of joins and leaves, the count is sent once a second.
    const heard = (): number => watcher.received.filter(({ type }) => type === "members").length;
    const before = heard();
    const began = performance.now();
    for (let n = 0; n < COMINGS; n += 1) {
      await late.client.join(room);
      await late.client.ask("left", { type: "leave", room });
    }
    await late.client.join(room);
    await counted(LARGE + 1);
    expect(heard() - before).toBeLessThanOrEqual((performance.now() - began) / 1_000 + 1);
  });
});
