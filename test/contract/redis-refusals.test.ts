/**
 * Tests with a Redis that answers but refuses writes: it is full, can't write its snapshot, or no replica
 * confirms. Each outage is logged once, and posting works again by itself afterwards.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Effect, Exit, Layer, Logger } from "effect";
import { TestClock } from "effect/testing";
import { expect, test } from "vitest";
import type { LogUnavailable } from "../../src/app/ports/event-log.ts";
import { START } from "../../src/domain/position.ts";
import { parseConnectionId } from "../../src/domain/presence.ts";
import type { RedisProcess } from "../support/redis-process.ts";
import { ANN, HALL, inOrder, instance, post, server } from "./redis-given.ts";

/** Collects the log lines of calls, on a virtual clock. */
const logCollector = () => {
  const lines: string[] = [];
  const logger = Logger.make<unknown, void>(({ logLevel, message }) => {
    lines.push(
      [logLevel, message]
        .flat()
        .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
        .join(" "),
    );
  });
  const context = Effect.runPromise(
    Effect.scoped(Layer.build(Layer.merge(TestClock.layer(), Logger.layer([logger])))),
  );
  const exitOf = async <T>(work: Effect.Effect<T, LogUnavailable>): Promise<Exit.Exit<T, LogUnavailable>> =>
    Effect.runPromiseExitWith(await context)(work);
  const later = async (ms: number): Promise<void> =>
    Effect.runPromiseWith(await context)(TestClock.adjust(ms));
  return { lines, exitOf, later };
};

test("[D5] [D1] a full Redis and its end are logged once each; acknowledged events are kept, and posting works again", async () => {
  const redis = await server();
  await redis.restart();
  const { log, board } = await instance(redis);
  const { lines, exitOf, later } = logCollector();
  const acknowledged = new Set<string>();
  const isStored = async (key: string): Promise<boolean> => {
    const stored = Exit.isSuccess(await exitOf(log.append(HALL, post(key))));
    if (stored) acknowledged.add(key);
    return stored;
  };
  // The room exists before Redis is full: a nearly full Redis gets no new rooms (L5).
  expect(await isStored("first")).toBe(true);
  await redis.operate((operator) => operator.set("somebody-else's", "x".repeat(4_000_000)));
  await redis.operate(async (operator) => {
    const used = Number(/^used_memory:(\d+)/m.exec(await operator.info("memory"))?.[1]);
    await operator.config("SET", "maxmemory-policy", "noeviction");
    await operator.config("SET", "maxmemory", used + 200_000);
  });
  for (let nth = 0; await isStored(`${nth}`); nth += 1);
  const refused = `${acknowledged.size}`;
  expect(acknowledged.size).toBeGreaterThan(10);

  // When Redis is nearly full, it accepts one write and refuses the next.
  for (let nth = 0; nth < 200; nth += 1) {
    await later(10);
    await isStored(`edge-${nth}`);
  }
  await redis.operate((operator) => operator.config("SET", "maxmemory", 1_000_000));
  for (let nth = 0; nth < 20; nth += 1) {
    await later(1_000);
    expect(await isStored(refused)).toBe(false);
    const presence = { room: HALL, user: ANN, connection: parseConnectionId("one") };
    expect(Exit.isFailure(await exitOf(board.enter([presence])))).toBe(true);
  }
  await Effect.runPromise(log.reachable);
  expect(lines).toEqual([expect.stringMatching(/^Warn Redis refuses writes\. .*OOM command not allowed/)]);

  await redis.operate((operator) => operator.config("SET", "maxmemory", 0));
  expect(await isStored(refused)).toBe(true);
  expect(lines).toHaveLength(1);
  await later(5_000);
  for (let nth = 0; nth < 200; nth += 1) expect(await isStored(`edge-${nth}`)).toBe(true);
  expect(lines.slice(1)).toEqual(["Info Redis accepts writes again."]);

  const page = await Effect.runPromise(log.after(HALL, START, 100_000));
  const entries = page.status === "held" ? page.entries : [];
  expect(inOrder(entries)).toBe(true);
  const stored = entries.map(({ body }) => /"key":"([^"]+)"/.exec(body)?.[1]);
  expect(stored.toSorted()).toEqual([...acknowledged].toSorted());
});

/** Starts a snapshot, and waits until Redis reports the given outcome. */
const snapshot = async (redis: RedisProcess, outcome: "ok" | "err"): Promise<void> => {
  await redis.command("BGSAVE");
  await expect
    .poll(() => redis.command("INFO", "persistence"))
    .toMatch(new RegExp(`rdb_bgsave_in_progress:0[^]*rdb_last_bgsave_status:${outcome}`));
};

test.for([
  [
    "NOREPLICAS",
    (redis: RedisProcess) => redis.command("CONFIG", "SET", "min-replicas-to-write", "1"),
    (redis: RedisProcess) => redis.command("CONFIG", "SET", "min-replicas-to-write", "0"),
  ],
  [
    "MISCONF",
    async (redis: RedisProcess) => {
      const folder = await mkdtemp(join(tmpdir(), "gapless-redis-"));
      await redis.command("CONFIG", "SET", "dir", folder);
      await rm(folder, { recursive: true });
      await snapshot(redis, "err");
    },
    async (redis: RedisProcess) => {
      await redis.command("CONFIG", "SET", "save", "");
    },
  ],
] as const)("[D5] the log line of a refusal has its reason: %s", async ([code, breaks, mends]) => {
  const redis = await server();
  await redis.restart("--save", "3600 1000000", "--enable-protected-configs", "yes");
  const { log } = await instance(redis);
  const { lines, exitOf, later } = logCollector();
  const isStored = async (key: string): Promise<boolean> =>
    Exit.isSuccess(await exitOf(log.append(HALL, post(key))));
  expect(await isStored("before")).toBe(true);
  await breaks(redis);
  expect(await isStored("meanwhile")).toBe(false);
  await mends(redis);
  await later(5_000);
  expect(await isStored("meanwhile")).toBe(true);
  expect(lines).toEqual([
    expect.stringContaining(`Warn Redis refuses writes. {"cause":"${code}`),
    "Info Redis accepts writes again.",
  ]);
});

test("[D1] with ACK=replicated, the lack of a replica and its end are logged once each", async () => {
  const [master, replica] = [await server(), await server()];
  await master.restart();
  const { log } = await instance(master, { ack: "replicated" });
  const { lines, exitOf, later } = logCollector();
  const isConfirmed = async (): Promise<boolean> =>
    Exit.isSuccess(await exitOf(log.append(HALL, post("waiting"))));
  expect([await isConfirmed(), await isConfirmed()]).toEqual([false, false]);
  const unconfirmed =
    'Warn No replica confirms writes. {"cause":"no replica has confirmed the append in time"}';
  expect(lines).toEqual([unconfirmed]);
  await replica.restart("--replicaof", "127.0.0.1", String(master.port));
  await expect.poll(isConfirmed, { timeout: 10_000 }).toBe(true);
  await later(5_000);
  expect(await isConfirmed()).toBe(true);
  expect(lines).toEqual([unconfirmed, "Info A replica confirms writes again."]);
});
