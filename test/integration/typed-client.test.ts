/**
 * Tests of the typed client on real servers, through the front end: its rooms show the log, with any faults
 * of its connections.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import {
  connect,
  parsePosition,
  type Chat,
  type Item,
  type Room,
  type Sent,
} from "../../src/client/index.ts";
import { LOGS, newRoom, settingsOf, startInstance, type Log } from "../support/server-fixture.ts";
import { FrontEnd } from "../support/front-end.ts";
import type { Environment, Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { readLog } from "../support/log-over-http.ts";
import { seededRandom } from "../support/seeded-random.ts";

const CLIENTS = 6;
const FOR_MS = 8000;
const SETTLED_WITHIN_MS = 30_000;

interface Member {
  readonly chat: Chat;
  readonly room: Room;
  readonly sent: Sent[];
  /** The texts from `on("message")`. */
  readonly heard: string[];
}

/** Instances behind a front end: two if they can share a log. */
const deploy = async (life: Lifetime, log: Log, settings: Environment = {}, requestTimeoutMs?: number) => {
  const environment = { ...(await settingsOf(log, life)), ...settings };
  const first = await startInstance(life, environment);
  const instances = log === "Redis" ? [first, await startInstance(life, environment)] : [first];
  const random = seededRandom(7);
  const options = requestTimeoutMs === undefined ? { random } : { random, requestTimeoutMs };
  const frontEnd = life.own(await FrontEnd.start(instances, options), (one) => one.close());
  return { first, frontEnd, random };
};

const enter = (life: Lifetime, url: string, name: string, roomName: string): Member => {
  const chat = life.own(connect({ url, name }), (one) => one.close());
  const start = parsePosition("0-0");
  const room = chat.join(roomName, { after: start.ok ? start.value : undefined });
  const heard: string[] = [];
  room.on("message", ({ text }) => heard.push(text));
  return { chat, room, sent: [], heard };
};

/** Each member posts again and again: the next message when the last one is acknowledged. */
const converse = async (members: readonly Member[], forMs: number, pause: () => number): Promise<void> => {
  const until = performance.now() + forMs;
  await Promise.all(
    members.map(async ({ room, sent }, who) => {
      for (let nth = 0; performance.now() < until; nth += 1) {
        sent.push(await room.post(`${who}: ${nth}`));
        await elapse(pause());
      }
    }),
  );
};

const isAt = (room: Room, seq: number): Promise<void> =>
  new Promise((resolve, reject) => {
    const late = setTimeout(
      () => reject(new Error(`stands at ${lastSeq(room)} of ${seq}`)),
      SETTLED_WITHIN_MS,
    );
    const look = (): void => {
      if (lastSeq(room) < seq) return;
      clearTimeout(late);
      stop();
      resolve();
    };
    const stop = room.subscribe(look);
    look();
  });

const lastSeq = (room: Room): number => {
  const last = room.items.at(-1);
  return last === undefined || last.type === "gap" ? 0 : last.seq;
};

const placeOf = (item: Item): string =>
  item.type === "gap" ? "a gap" : `${item.seq} ${item.id} ${item.type}`;

const expectNothingLost = async (members: readonly Member[], instance: Instance, room: string) => {
  // The log is read once. It may grow while the views catch up, so a view may have more entries than were
  // read.
  const log = await readLog(instance.url, room);
  const end = log.at(-1)?.seq ?? 0;
  await Promise.all(members.map((member) => isAt(member.room, end)));
  const places = log.map(({ seq, id, type }) => `${seq} ${id} ${type}`);
  const texts = log.flatMap((event) =>
    event.type === "message.posted" && event.text !== undefined ? [event.text] : [],
  );
  expect(new Set(texts).size).toBe(texts.length);
  for (const { room: view, heard, sent } of members) {
    expect(view.items.map(placeOf).slice(0, places.length)).toEqual(places);
    expect(heard.slice(0, texts.length)).toEqual(texts);
    expect(view.pending).toEqual([]);
    for (const { id, seq } of sent) expect(places).toContain(`${seq} ${id} message.posted`);
  }
  return log;
};

// These tests run at the same time, because they mostly wait.
describe.concurrent.each(LOGS)("the typed client, on %s", (log) => {
  it("[D1] [D2] [R2] [W6] shows each event once and in order while its connections are cut, delayed and silenced", async ({
    onTestFinished,
  }) => {
    const life = new Lifetime();
    onTestFinished(() => life.end());
    const { first, frontEnd, random } = await deploy(life, log);
    const name = newRoom();
    const members = Array.from({ length: CLIENTS }, (_, nth) =>
      enter(life, frontEnd.webSocketUrl, `user ${nth}`, name),
    );
    const until = performance.now() + FOR_MS;
    const breaking = async (): Promise<void> => {
      for (let nth = 0; performance.now() < until; nth += 1) {
        await elapse(random.below(500));
        const link = frontEnd.links.at(random.below(frontEnd.links.length));
        if (nth % 8 === 3) link?.swallow(random.pick(["toServer", "toClient", "both"]));
        else if (nth % 8 === 5) link?.delay(random.below(200));
        else link?.cut();
      }
    };
    await Promise.all([converse(members, FOR_MS, () => random.below(100)), breaking()]);
    const logged = await expectNothingLost(members, first, name);
    expect(logged.length).toBeGreaterThan(CLIENTS * 5);
  }, 90_000);

  it("[G1] [P1] moves before the request timeout cuts it: no event is missed, and no user leaves", async ({
    onTestFinished,
  }) => {
    const life = new Lifetime();
    onTestFinished(() => life.end());
    // Long enough for the hand-over, which takes place in the last fifth of it.
    const timeout = 15;
    const { first, frontEnd, random } = await deploy(
      life,
      log,
      { REQUEST_TIMEOUT_S: `${timeout}` },
      timeout * 1000,
    );
    const name = newRoom();
    const members = Array.from({ length: CLIENTS }, (_, nth) =>
      enter(life, frontEnd.webSocketUrl, `user ${nth}`, name),
    );
    const states = new Set<string>();
    for (const { chat } of members) {
      chat.subscribe((change) => {
        if (change.type === "status") states.add(change.status.status);
      });
    }
    await converse(members, timeout * 1100, () => random.below(100));
    const logged = await expectNothingLost(members, first, name);
    expect(logged.filter(({ type }) => type === "member.joined")).toHaveLength(CLIENTS);
    expect(logged.filter(({ type }) => type === "member.left")).toEqual([]);
    expect([...states]).toEqual(["live"]);
  }, 90_000);
});
