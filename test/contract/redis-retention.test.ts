/**
 * Tests of retention that only Redis allows: no key and no snapshot holds deleted text, no key of a forgotten
 * room is left, and a Redis that is nearly full gets no new room.
 */
import { Effect, Exit } from "effect";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { makeKeys } from "../../src/adapters/redis/keys.ts";
import { hasMemoryForRooms } from "../../src/adapters/redis/memory-watch.ts";
import { START } from "../../src/domain/position.ts";
import { append, deletion, edit, newConnection, newRoom, post as postOf } from "./given.ts";
import { ANN, HALL, instance, room, server } from "./redis-given.ts";

const KEYS = makeKeys("gapless");

const SECRET = "0f2e7b-correct-horse-battery-staple-0f2e7b";

/** The dumps of all keys, as bytes. */
const dumps = (redis: Awaited<ReturnType<typeof server>>): Promise<string> =>
  redis.operate(async (operator) => {
    const keys = await operator.keys("*");
    const all = await Promise.all(keys.map((key) => operator.dumpBuffer(key)));
    return Buffer.concat(all.flatMap((dump) => dump ?? [])).toString("latin1");
  });

test("[D9] neither a key nor a snapshot holds the text of a deleted message or of its edits", async () => {
  const redis = await server();
  await redis.restart("--appendonly", "no");
  await redis.command("CONFIG", "SET", "rdbcompression", "no");
  const { log, retention } = await instance(redis);
  const message = await append(log, HALL, postOf(`${SECRET} posted`, ANN));
  await append(log, HALL, postOf("between", ANN));
  await append(log, HALL, edit(message.id, `${SECRET} edited`));
  expect(await dumps(redis)).toContain(SECRET);
  await append(log, HALL, deletion(message.id));
  // A rewrite waits for more deletions. The test moves this one into the past.
  const { erasures } = KEYS.room(HALL);
  await redis.command("ZADD", erasures, "0", HALL);
  await Effect.runPromise(retention.enforce);
  expect(await dumps(redis)).not.toContain(SECRET);
  await redis.command("SAVE");
  const [, folder] = await redis.operate((operator) => operator.config("GET", "dir"));
  expect(await readFile(`${String(folder)}/dump.rdb`, "latin1")).not.toContain(SECRET);
  expect(await redis.command("ZCARD", erasures)).toBe(0);
  expect((await Effect.runPromise(log.before(HALL, undefined, 10))).entries.map(({ seq }) => seq)).toEqual([
    1, 2, 3, 4,
  ]);
});

test("[D9] another instance finishes a rewrite that was interrupted", async () => {
  const redis = await server();
  await redis.restart("--appendonly", "no");
  const [one, other] = [await instance(redis), await instance(redis)];
  const name = newRoom();
  const message = await append(one.log, name, postOf(SECRET, ANN));
  await append(one.log, name, deletion(message.id));
  const { erasures, rewriteState } = KEYS.room(name);
  // This is the state that an instance leaves if it dies between two slices.
  await redis.command("HSET", rewriteState, "dirty", "0");
  await redis.command("ZADD", erasures, "0", name);
  await Effect.runPromise(other.retention.enforce);
  expect(await dumps(redis)).not.toContain(SECRET);
  expect(await redis.command("EXISTS", rewriteState)).toBe(0);
});

test("[L5] nothing is left of a forgotten room, and a room with messages is kept", async () => {
  const redis = await server();
  await redis.restart("--appendonly", "no");
  const { log, board, retention } = await instance(redis);
  const [empty, said] = [room("empty"), room("said")];
  const presences = [empty, said].map((name) => ({ room: name, user: ANN, connection: newConnection() }));
  await Effect.runPromise(board.enter(presences));
  await append(log, said, postOf("something", ANN));
  await Effect.runPromise(board.leave(presences));
  await Effect.runPromise(retention.enforce);
  expect(await redis.operate((operator) => operator.keys("*:empty:log"))).toHaveLength(1);
  for (const name of [empty, said]) await redis.command("ZADD", KEYS.room(name).empty, "0", name);
  await Effect.runPromise(retention.enforce);
  expect(await redis.operate((operator) => operator.keys("*:empty:*"))).toEqual([]);
  expect(await redis.command("ZSCORE", KEYS.room(empty).empty, empty)).toBeNull();
  expect((await Effect.runPromise(log.before(said, START, 0))).head.seq).toBe(3);
  expect(Number(await redis.command("ZSCORE", KEYS.room(said).empty, said))).toBeGreaterThan(Date.now());
});

test("[L5] over 90 % of maxmemory no new room is made, and the existing rooms go on", async () => {
  const redis = await server();
  await redis.restart("--appendonly", "no");
  const { log, board } = await instance(redis);
  await append(log, HALL, postOf("before", ANN));
  const used = Number(/^used_memory:(\d+)/m.exec(String(await redis.command("INFO", "memory")))?.[1] ?? 0);
  await redis.command("CONFIG", "SET", "maxmemory", String(Math.round(used * 1.08)));
  // A new instance checks at once.
  const late = await instance(redis);
  await expect
    .poll(() => Effect.runPromise(Effect.isFailure(late.log.append(newRoom(), postOf("x", ANN)))))
    .toBe(true);
  const presence = { room: room("newer"), user: ANN, connection: newConnection() };
  expect(Exit.isFailure(await Effect.runPromiseExit(late.board.enter([presence])))).toBe(true);
  expect(await append(late.log, HALL, postOf("after", ANN))).toMatchObject({ seq: 2 });
  await Effect.runPromise(board.enter([{ ...presence, room: HALL }]));
});

test("[L5] the memory of Redis is read from its INFO reply", () => {
  expect(hasMemoryForRooms("used_memory:901\r\nmaxmemory:1000\r\n")).toBe(false);
  expect(hasMemoryForRooms("used_memory:900\r\nmaxmemory:1000\r\n")).toBe(true);
  expect(hasMemoryForRooms("used_memory:900\r\nmaxmemory:0\r\n")).toBe(true);
  expect(hasMemoryForRooms("")).toBe(true);
});
