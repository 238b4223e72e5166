/**
 * Tests of the readers of the tail: a room that can't be read stops no other room. A reader that can't
 * connect or is stalled makes the log unreachable, even if all other connections work.
 */
import { Effect, Exit } from "effect";
import { expect, test } from "vitest";
import { makeKeys } from "../../src/adapters/redis/keys.ts";
import { START } from "../../src/domain/position.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { append, newRoom, post } from "./given.ts";
import type { LogPorts } from "./deployment.ts";
import { ANN, HALL, instance, room, server } from "./redis-given.ts";

const KEYS = makeKeys("gapless");
const WITHIN = { timeout: 8_000 };

const say = (log: LogPorts, name: RoomName) => append(log, name, post("hi", ANN));

/** The seqs that a follower has got. */
const follow = (log: LogPorts, name: RoomName): readonly number[] => {
  const seqs: number[] = [];
  log.follow(name, START, (entries) => seqs.push(...entries.map(({ seq }) => seq)));
  return seqs;
};

const isReachable = async (log: LogPorts): Promise<boolean> =>
  Exit.isSuccess(await Effect.runPromiseExit(log.reachable));

const running = async () => {
  const redis = await server();
  await redis.restart();
  return redis;
};

const breakages: readonly [string, (key: string) => readonly string[]][] = [
  ["a key of the wrong type", (key) => ["SET", key, "not a stream"]],
  ["a malformed entry", (key) => ["XADD", key, "1-0", "s", "1", "p", "0-0", "nonsense", "x"]],
];

test.for(breakages)(
  "[D2] %s stops only its own room, is reported once, and its end is noticed",
  async ([, words]) => {
    const redis = await running();
    const { log, lines } = await instance(redis);
    const broken = room("broken");
    const { log: key } = KEYS.room(broken);
    const [name = "", ...rest] = words(key);
    await redis.command(name, ...rest);
    const brokenSeqs = follow(log, broken);
    const seqs = follow(log, HALL);
    await say(log, HALL);
    await say(log, HALL);
    await expect.poll(() => seqs).toEqual([1, 2]);
    // Long enough for the broken room to be tried again.
    await expect.poll(() => lines.filter((line) => line.startsWith("A room's log")), WITHIN).toHaveLength(1);
    expect(lines.join()).toContain(key);
    expect(await isReachable(log)).toBe(true);
    await redis.command("DEL", key);
    await say(log, broken);
    await expect.poll(() => brokenSeqs, WITHIN).toEqual([1]);
    await say(log, HALL);
    await expect.poll(() => seqs).toEqual([1, 2, 3]);
    expect(lines.filter((line) => line.includes("can't be read"))).toHaveLength(1);
  },
);

test("[H4] [D5] if only the tail can't connect, the log is unreachable, with one log line", async () => {
  const redis = await running();
  const { log, lines } = await instance(redis);
  await expect.poll(() => isReachable(log)).toBe(true);
  await redis.operate(async (operator) => {
    const clients = String(await operator.client("LIST"))
      .trim()
      .split("\n").length;
    await operator.config("SET", "maxclients", clients);
    const seqs = follow(log, HALL);
    await say(log, HALL);
    await expect.poll(() => isReachable(log), WITHIN).toBe(false);
    expect(seqs).toEqual([]);
    expect(lines.slice(1)).toEqual([
      expect.stringMatching(/^Redis can't be reached\. .*tail of the log.*max number of clients/),
    ]);
    await operator.config("SET", "maxclients", 1_000);
    await expect.poll(() => seqs, WITHIN).toEqual([1]);
    await expect.poll(() => isReachable(log)).toBe(true);
  });
  expect(lines.slice(2)).toEqual(["Connected to Redis."]);
});

test("[H4] [D5] a stalled tail makes the log unreachable within seconds, with one log line", async () => {
  const redis = await running();
  const { log, lines } = await instance(redis);
  const seqs = follow(log, HALL);
  await say(log, HALL);
  await expect.poll(() => seqs).toEqual([1]);
  await redis.command("ACL", "SETUSER", "default", "-xread");
  await expect.poll(() => isReachable(log), WITHIN).toBe(false);
  await redis.command("ACL", "SETUSER", "default", "+xread");
  await say(log, HALL);
  await expect.poll(() => seqs, WITHIN).toEqual([1, 2]);
  await expect.poll(() => isReachable(log), WITHIN).toBe(true);
  expect(lines).toEqual([
    "Connected to Redis.",
    expect.stringMatching(/^A read of the log's tail failed\. .*NOPERM/),
  ]);
});

test("[D5] each connection that is cut is one outage with a beginning and an end", async () => {
  const redis = await running();
  const { log, lines } = await instance(redis, { ack: "replicated" });
  const seqs = follow(log, newRoom());
  await expect.poll(() => lines, WITHIN).toEqual(["Connected to Redis."]);
  expect(seqs).toEqual([]);
  await redis.kill();
  await expect.poll(() => isReachable(log)).toBe(false);
  await redis.restart();
  await expect.poll(() => isReachable(log), WITHIN).toBe(true);
  await expect
    .poll(() => lines, WITHIN)
    .toEqual([
      "Connected to Redis.",
      expect.stringMatching(/^Redis can't be reached\./),
      "Connected to Redis.",
    ]);
});
