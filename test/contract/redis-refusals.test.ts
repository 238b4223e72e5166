/**
 * A Redis that answers, and refuses to store: it is full, can't write its snapshot, or has no replica to confirm. It is told of once an episode, and posting goes on by itself.
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

/** What a write says of how it went, on a clock of the test's. */
const hearing = () => {
  const said: string[] = [];
  const logger = Logger.make<unknown, void>(({ logLevel, message }) => {
    said.push(
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
  return { said, exitOf, later };
};

test("[D5] [D1] a full Redis is told of once, and so is its end; what was acknowledged is there, and posting goes on by itself", async () => {
  const redis = await server();
  await redis.restart();
  const { log, board } = await instance(redis);
  const { said, exitOf, later } = hearing();
  const acknowledged = new Set<string>();
  const isStored = async (key: string): Promise<boolean> => {
    const stored = Exit.isSuccess(await exitOf(log.append(HALL, post(key))));
    if (stored) acknowledged.add(key);
    return stored;
  };
  await redis.operate((operator) => operator.set("somebody-else's", "x".repeat(4_000_000)));
  await redis.operate(async (operator) => {
    const used = Number(/^used_memory:(\d+)/m.exec(await operator.info("memory"))?.[1]);
    await operator.config("SET", "maxmemory-policy", "noeviction");
    await operator.config("SET", "maxmemory", used + 200_000);
  });
  for (let nth = 0; await isStored(`${nth}`); nth += 1);
  const refused = `${acknowledged.size}`;
  expect(acknowledged.size).toBeGreaterThan(10);

  // At the edge it takes one and refuses the next.
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
  expect(said).toEqual([expect.stringMatching(/^Warn Redis refuses to store\. .*OOM command not allowed/)]);

  await redis.operate((operator) => operator.config("SET", "maxmemory", 0));
  expect(await isStored(refused)).toBe(true);
  expect(said).toHaveLength(1);
  await later(5_000);
  for (let nth = 0; nth < 200; nth += 1) expect(await isStored(`edge-${nth}`)).toBe(true);
  expect(said.slice(1)).toEqual(["Info Redis stores again."]);

  const page = await Effect.runPromise(log.after(HALL, START, 100_000));
  const entries = page.status === "held" ? page.entries : [];
  expect(inOrder(entries)).toBe(true);
  const stored = entries.map(({ body }) => /"key":"([^"]+)"/.exec(body)?.[1]);
  expect(stored.toSorted()).toEqual([...acknowledged].toSorted());
});

/** Starts writing a snapshot, and waits until Redis says how that went. */
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
] as const)("[D5] whoever is told of a refusal is told of its reason: %s", async ([code, breaks, mends]) => {
  const redis = await server();
  await redis.restart("--save", "3600 1000000", "--enable-protected-configs", "yes");
  const { log } = await instance(redis);
  const { said, exitOf, later } = hearing();
  const isStored = async (key: string): Promise<boolean> =>
    Exit.isSuccess(await exitOf(log.append(HALL, post(key))));
  expect(await isStored("before")).toBe(true);
  await breaks(redis);
  expect(await isStored("meanwhile")).toBe(false);
  await mends(redis);
  await later(5_000);
  expect(await isStored("meanwhile")).toBe(true);
  expect(said).toEqual([
    expect.stringContaining(`Warn Redis refuses to store. {"cause":"${code}`),
    "Info Redis stores again.",
  ]);
});

test("[D1] with ACK=replicated, whoever has no replica is told so, once, and when there is one again", async () => {
  const [master, replica] = [await server(), await server()];
  await master.restart();
  const { log } = await instance(master, { ack: "replicated" });
  const { said, exitOf, later } = hearing();
  const isConfirmed = async (): Promise<boolean> =>
    Exit.isSuccess(await exitOf(log.append(HALL, post("lonely"))));
  expect([await isConfirmed(), await isConfirmed()]).toEqual([false, false]);
  const lonely =
    'Warn No replica confirms what is stored. {"cause":"no replica has confirmed the append in time"}';
  expect(said).toEqual([lonely]);
  await replica.restart("--replicaof", "127.0.0.1", String(master.port));
  await expect.poll(isConfirmed, { timeout: 10_000 }).toBe(true);
  await later(5_000);
  expect(await isConfirmed()).toBe(true);
  expect(said).toEqual([lonely, "Info A replica confirms again."]);
});
