/**
 * Tests of the faults of Redis: it is away or silent, it comes back with its data or with less, or a replica
 * is promoted too early.
 */
import { Effect, Exit } from "effect";
import { expect, test } from "vitest";
import { makeKeys } from "../../src/adapters/redis/keys.ts";
import { EMPTY_HEAD, position, START } from "../../src/domain/position.ts";
import { parseConnectionId } from "../../src/domain/presence.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";
import type { Entry } from "../../src/log/entry.ts";
import { ANN, HALL, inOrder, instance, post, room, server, valid } from "./redis-given.ts";
import type { LogPorts } from "./deployment.ts";

const KEYS = makeKeys("gapless");

const append = (log: LogPorts, name: RoomName, key: string) => Effect.runPromise(log.append(name, post(key)));

/** Appends the same key again until it is acknowledged, as a client does. */
const appendUntilStored = async (log: LogPorts, name: RoomName, key: string): Promise<void> => {
  while (Exit.isFailure(await Effect.runPromiseExit(log.append(name, post(key))))) {
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

/** Collects the entries of a follower, and waits for a number of them. */
const collector = () => {
  const entries: Entry[] = [];
  let wanted = Infinity;
  let reached = Promise.withResolvers<void>();
  return {
    entries,
    take: (some: readonly Entry[]): void => {
      entries.push(...some);
      if (entries.length >= wanted) reached.resolve();
    },
    has: (count: number): Promise<void> => {
      wanted = count;
      reached = Promise.withResolvers();
      if (entries.length >= count) reached.resolve();
      return reached.promise;
    },
  };
};

const failsWithin = async (work: Effect.Effect<unknown, { readonly _tag: string }>): Promise<number> => {
  const began = performance.now();
  const failure = await Effect.runPromise(Effect.flip(work));
  expect(failure._tag).toBe("LogUnavailable");
  return performance.now() - began;
};

test("[D5] the layer can be built while Redis is away; its calls fail, and succeed once Redis is there", async () => {
  const redis = await server();
  const { log, board } = await instance(redis);
  const seen = collector();
  log.follow(HALL, START, seen.take);
  for (const work of [
    log.reachable,
    log.append(HALL, post("1")),
    log.before(HALL, undefined, 1),
    board.sweep,
    board.members(HALL),
  ]) {
    expect(await failsWithin(work)).toBeLessThan(2_000);
  }
  await redis.restart();
  await appendUntilStored(log, HALL, "1");
  await seen.has(1);
  expect(inOrder(seen.entries)).toBe(true);
}, 20_000);

test("[D5] [D2] while Redis is frozen every call fails within 2 s; then the follower gets all, once, in order", async () => {
  const redis = await server();
  await redis.restart();
  const { log } = await instance(redis);
  const seen = collector();
  log.follow(HALL, START, seen.take);
  await append(log, HALL, "before");
  await seen.has(1);
  redis.pause();
  const slowest = await Promise.all([
    ...Array.from({ length: 20 }, (_, nth) => failsWithin(log.append(HALL, post(`during-${nth}`)))),
    failsWithin(log.after(HALL, START, 10)),
    failsWithin(log.reachable),
  ]);
  expect(Math.max(...slowest)).toBeLessThan(2_000);
  expect(await failsWithin(log.append(HALL, post("later")))).toBeLessThan(2_000);
  // This is longer than the time after which a read of the tail counts as failed.
  await new Promise((resolve) => setTimeout(resolve, 7_000));
  redis.resume();
  const thawed = performance.now();
  await appendUntilStored(log, HALL, "later");
  expect(performance.now() - thawed).toBeLessThan(2_000);
  for (let nth = 0; nth < 20; nth += 1) await appendUntilStored(log, HALL, `during-${nth}`);
  await seen.has(22);
  expect(seen.entries).toHaveLength(22);
  expect(inOrder(seen.entries)).toBe(true);
}, 30_000);

test("[D5] [D2] across a restart and cut connections, nothing is lost or repeated", async () => {
  const redis = await server();
  await redis.restart();
  const { log } = await instance(redis);
  const seen = collector();
  log.follow(HALL, START, seen.take);
  const persistAll = async (from: number, to: number): Promise<void> => {
    for (let nth = from; nth < to; nth += 1) {
      if (nth % 20 === 10)
        await redis.operate((operator) => operator.call("CLIENT", "KILL", "TYPE", "normal"));
      await appendUntilStored(log, HALL, String(nth));
    }
  };
  await persistAll(0, 50);
  await redis.kill();
  expect(await failsWithin(log.append(HALL, post("away")))).toBeLessThan(2_000);
  await redis.restart();
  await persistAll(50, 100);
  await seen.has(100);
  const page = await Effect.runPromise(log.after(HALL, START, 1_000));
  expect(page.status === "held" && page.entries.length).toBe(seen.entries.length);
  expect(inOrder(seen.entries)).toBe(true);
}, 30_000);

test("[R4] `diverged` detects an emptied database, and so does `previous` in the next entry of a follower", async () => {
  const redis = await server();
  await redis.restart();
  const { log } = await instance(redis);
  const seen = collector();
  log.follow(HALL, START, seen.take);
  await append(log, HALL, "1");
  await append(log, HALL, "2");
  await seen.has(2);
  const head = seen.entries.at(-1) ?? EMPTY_HEAD;
  const heads = new Map([
    [HALL, head],
    [room("empty"), EMPTY_HEAD],
  ]);
  expect(await Effect.runPromise(log.diverged(heads))).toEqual([]);
  await redis.operate((operator) => operator.flushall());
  expect(await Effect.runPromise(log.diverged(heads))).toEqual([HALL]);
  await append(log, HALL, "3");
  await seen.has(3);
  expect(seen.entries[2]).toMatchObject({ seq: 1, previous: START });
  expect(await Effect.runPromise(log.diverged(heads))).toEqual([HALL]);
});

test("[R4] [R3] `diverged` detects that a replica was promoted without the tail, and the lost position is unknown", async () => {
  const [old, promoted] = [await server(), await server()];
  await old.restart();
  await promoted.restart("--replicaof", "127.0.0.1", String(old.port));
  const { log } = await instance(old, { ack: "replicated" });
  await appendUntilStored(log, HALL, "kept");
  await promoted.operate((operator) => operator.replicaof("NO", "ONE"));
  await failsWithin(log.append(HALL, post("lost")));
  const { log: after } = await instance(promoted);
  const lost = await Effect.runPromise(log.before(HALL, undefined, 10));
  expect(lost.head.seq).toBe(2);
  expect(await Effect.runPromise(after.diverged(new Map([[HALL, lost.head]])))).toEqual([HALL]);
  expect(await Effect.runPromise(after.after(HALL, lost.head.id, 10))).toEqual({ status: "unknown" });
}, 20_000);

test("[R3] trimmed and unknown positions are distinguished, and trimming is exact", async () => {
  const redis = await server();
  await redis.restart();
  const { log } = await instance(redis, { maxEvents: 3 });
  const first = await append(log, HALL, "0");
  for (let nth = 1; nth < 10; nth += 1) await append(log, HALL, String(nth));
  const kept = await Effect.runPromise(log.before(HALL, undefined, 10));
  expect(kept.entries.map(({ seq }) => seq)).toEqual([8, 9, 10]);
  const trimmed = first.tag === "appended" ? first.at : EMPTY_HEAD;
  expect(await Effect.runPromise(log.after(HALL, trimmed.id, 10))).toEqual({ status: "trimmed" });
  expect(await Effect.runPromise(log.after(HALL, START, 10))).toEqual({ status: "trimmed" });
  expect(await Effect.runPromise(log.after(HALL, position("9999999999999-0"), 10))).toEqual({
    status: "unknown",
  });
  expect(await Effect.runPromise(log.diverged(new Map([[HALL, trimmed]])))).toEqual([]);
});

test("[I1] the same key, sent 50 times at once through two instances, is appended once", async () => {
  const redis = await server();
  await redis.restart();
  const instances = [await instance(redis), await instance(redis)];
  const outcomes = await Promise.all(
    Array.from({ length: 25 }, () => instances.map(({ log }) => append(log, HALL, "once"))).flat(),
  );
  const fresh = outcomes.filter((outcome) => outcome.tag === "appended" && !outcome.duplicate);
  expect(fresh).toHaveLength(1);
  expect(new Set(outcomes.map((outcome) => outcome.tag === "appended" && outcome.at.id)).size).toBe(1);
  const { log, keys, empty } = KEYS.room(HALL);
  const stored = await redis.operate((operator) => operator.keys("*"));
  expect(stored.toSorted()).toEqual([log, keys, empty].toSorted());
});

test("[D2] two readers follow 300 rooms, and a second follower of a room starts at its own position", async () => {
  const redis = await server();
  await redis.restart();
  const { log } = await instance(redis);
  const rooms = Array.from({ length: 300 }, (_, nth) => room(`room-${nth}`));
  const followed = rooms.map((name) => {
    const seen = collector();
    return { name, seen, stop: log.follow(name, START, seen.take) };
  });
  await Promise.all(rooms.flatMap((name) => [append(log, name, "1"), append(log, name, "2")]));
  await Promise.all(followed.map(({ seen }) => seen.has(2)));
  expect(followed.every(({ seen }) => seen.entries.length === 2 && inOrder(seen.entries))).toBe(true);
  const blocked = await redis.operate((operator) => operator.client("LIST"));
  expect(String(blocked).match(/cmd=xread/g)).toHaveLength(2);

  const second = collector();
  log.follow(room("room-0"), followed[0]?.seen.entries[0]?.id ?? START, second.take);
  await second.has(1);
  expect(second.entries.map(({ seq }) => seq)).toEqual([2]);
});

test("[D2] a follower that stops in its callback gets nothing more, and one that starts there misses nothing", async () => {
  const redis = await server();
  await redis.restart();
  const { log } = await instance(redis);
  const once = collector();
  const again = collector();
  const stop = log.follow(HALL, START, (entries) => {
    once.take(entries);
    stop();
    log.follow(HALL, entries.at(-1)?.id ?? START, again.take);
  });
  await append(log, HALL, "1");
  await once.has(1);
  await append(log, HALL, "2");
  await again.has(1);
  expect(once.entries.map(({ seq }) => seq)).toEqual([1]);
  expect(again.entries.map(({ seq }) => seq)).toEqual([2]);
});

test("[D1] with ACK=replicated an append is acknowledged only once a replica has it, and so is a duplicate", async () => {
  const [master, replica] = [await server(), await server()];
  await master.restart();
  const { log } = await instance(master, { ack: "replicated" });
  expect(await failsWithin(log.append(HALL, post("1")))).toBeLessThan(2_000);
  await replica.restart("--replicaof", "127.0.0.1", String(master.port));
  await appendUntilStored(log, HALL, "1");
  const { log: stream, keys, empty } = KEYS.room(HALL);
  const copied = await replica.operate((operator) => operator.keys("*"));
  expect(copied.toSorted()).toEqual([stream, keys, empty].toSorted());
  replica.pause();
  expect(await failsWithin(log.append(HALL, post("1")))).toBeLessThan(2_000);
}, 20_000);

test("[D1] [P1] no key that must last has a TTL, so an evicting Redis keeps it", async () => {
  const redis = await server();
  await redis.restart();
  const { log, board } = await instance(redis);
  const seen = collector();
  log.follow(HALL, START, seen.take);
  await append(log, HALL, "1");
  await Effect.runPromise(board.enter([{ room: HALL, user: ANN, connection: parseConnectionId("one") }]));
  await seen.has(2);
  const expiring = await redis.operate(async (operator) => {
    const keys = await operator.keys("*");
    const ttls = await Promise.all(keys.map((key) => operator.ttl(key)));
    return keys.filter((_, index) => ttls[index] !== -1);
  });
  expect(expiring.filter((key) => !key.includes(":control:"))).toEqual([]);
});

test("[P1] [P3] [P6] of 250 members 200 are listed; with several sweeps at once each leave is written once", async () => {
  const redis = await server();
  await redis.restart();
  // A lease with the length 0 has expired when the sweep comes.
  const instances = await Promise.all([0, 1, 2].map(() => instance(redis, { leaseMs: 0 })));
  const [{ log, board } = await instance(redis)] = instances;
  const presences = Array.from({ length: 250 }, (_, nth) => ({
    room: HALL,
    user: { id: valid(parseUserId(`user-${nth}`)), name: `"${nth}"` },
    connection: parseConnectionId(`connection-${nth}`),
  }));
  await Effect.runPromise(board.enter(presences));
  await Effect.runPromise(board.enter(presences));
  const there = await Effect.runPromise(board.members(HALL));
  expect([there.members.length, there.memberCount, there.at.seq]).toEqual([200, 250, 200]);
  await Promise.all(instances.map(({ board }) => Effect.runPromise(board.sweep)));
  const gone = await Effect.runPromise(board.members(HALL));
  expect([gone.members.length, gone.memberCount, gone.at.seq]).toEqual([0, 0, 400]);
  const { entries } = await Effect.runPromise(log.before(HALL, undefined, 200));
  const left = entries.filter(({ type }) => type === "member.left");
  expect(new Set(left.map(({ author }) => author)).size).toBe(200);
  const rest = await redis.operate((operator) => operator.keys("*"));
  expect(rest.toSorted()).toEqual([KEYS.room(HALL).log, KEYS.room(HALL).empty].toSorted());
});
