/**
 * The contract suites on a real Redis cluster, and what only a cluster has: failover, and slots that move.
 */
import { setTimeout as wait } from "node:timers/promises";
import { Effect, Exit, Layer, Logger } from "effect";
import { afterAll, beforeAll, expect, test } from "vitest";
import { NO_CREDENTIALS, type RedisAccess } from "../../src/adapters/redis/access.ts";
import { slotOf } from "../../src/adapters/redis/hash-slot.ts";
import { makeKeys, PARTITIONS } from "../../src/adapters/redis/keys.ts";
import { layerRedis } from "../../src/adapters/redis/layer.ts";
import { START } from "../../src/domain/position.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { Entry } from "../../src/log/entry.ts";
import { ClusterProcess } from "../support/cluster-process.ts";
import { LASTING, portsOf, type LogPorts, type Open } from "./deployment.ts";
import { eventLogContract } from "./event-log.contract.ts";
import { key, newRoom, post, ANN } from "./given.ts";
import { presenceBoardContract } from "./presence-board.contract.ts";
import { inOrder } from "./redis-given.ts";
import { retentionContract } from "./retention.contract.ts";
import { revisionsContract } from "./revisions.contract.ts";
import { signalsContract } from "./signals.contract.ts";

const KEYS = makeKeys("gapless");
const WITHIN = { timeout: 20_000, interval: 50 };

let cluster: ClusterProcess;
beforeAll(async () => {
  cluster = await ClusterProcess.start();
});
afterAll(() => cluster.remove());

const access = (): RedisAccess => ({
  servers: {
    mode: "cluster",
    nodes: cluster.nodes.slice(0, 2).map(({ port }) => ({ host: "127.0.0.1", port })),
  },
  credentials: NO_CREDENTIALS,
  database: 0,
  tls: undefined,
});

const open: Open = async (options) => {
  const layer = layerRedis({ access: access(), prefix: "gapless", ack: "stored", ...options }).pipe(
    Layer.provide(Logger.layer([])),
  );
  const [here, there] = await Promise.all([portsOf(layer), portsOf(layer)]);
  return {
    here: here.ports,
    there: there.ports,
    advance: (ms) => wait(ms),
    close: async () => {
      await Promise.all([here.close(), there.close()]);
    },
  };
};

eventLogContract("a Redis cluster", open);
presenceBoardContract("a Redis cluster", open);
signalsContract("a Redis cluster", open);
revisionsContract("a Redis cluster", open);
retentionContract("a Redis cluster", open, false);

test("the slot of a hash tag is the one that Redis computes", async () => {
  const [node] = cluster.nodes;
  for (const tag of ["gapless:00", "gapless:15", "é-1", "x"]) {
    expect(slotOf(tag)).toBe(await node?.command("CLUSTER", "KEYSLOT", tag));
  }
});

/** Appends the same key again until it is acknowledged, as a client does. */
const appendUntilStored = async (log: LogPorts, name: RoomName, text: string): Promise<void> => {
  const used = key();
  for (;;) {
    const exit = await Effect.runPromiseExit(log.append(name, post(text, ANN, used)));
    if (Exit.isSuccess(exit)) return;
    await wait(20);
  }
};

const follow = (log: LogPorts, name: RoomName): readonly Entry[] => {
  const entries: Entry[] = [];
  log.follow(name, START, (some) => entries.push(...some));
  return entries;
};

/** A room in each partition. */
const roomsOfAllPartitions = (): readonly RoomName[] => {
  const rooms = new Map<number, RoomName>();
  while (rooms.size < PARTITIONS) {
    const name = newRoom();
    rooms.set(KEYS.room(name).partition, name);
  }
  return [...rooms.values()];
};

const isReachable = async (log: LogPorts): Promise<boolean> =>
  Exit.isSuccess(await Effect.runPromiseExit(log.reachable));

test("[D2] [D5] a slot migrates under load: each room gets all its events, once and in order", async () => {
  const { here, there, close } = await open(LASTING);
  const rooms = roomsOfAllPartitions();
  const followed = rooms.map((name) => follow(there.log, name));
  await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, "before")));
  const [moving = newRoom()] = rooms;
  const slot = slotOf(KEYS.hashTag(KEYS.room(moving).partition));
  const target = await cluster.otherMaster(await cluster.ownerOf(slot));
  let count = 1;
  const pending: Promise<void>[] = [];
  await cluster.migrate(slot, target, async () => {
    pending.push(...rooms.map((name) => appendUntilStored(here.log, name, `during ${count}`)));
    count += 1;
    await wait(20);
  });
  await Promise.all(pending);
  await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, "after")));
  await expect
    .poll(() => followed.map((entries) => entries.length), WITHIN)
    .toEqual(rooms.map(() => count + 1));
  expect(followed.every(inOrder)).toBe(true);
  expect((await cluster.ownerOf(slot)).id).toBe(target.id);
  await expect.poll(() => isReachable(here.log), WITHIN).toBe(true);
  await close();
});

test("[D2] [D5] a planned failover under load: nothing is lost, and each room goes on", async () => {
  const { here, there, close } = await open(LASTING);
  const rooms = roomsOfAllPartitions();
  const followed = rooms.map((name) => follow(there.log, name));
  await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, "before")));
  const slot = slotOf(KEYS.hashTag(0));
  const replica = await cluster.replicaOf(await cluster.ownerOf(slot));
  await replica.redis.command("CLUSTER", "FAILOVER");
  let count = 1;
  while ((await cluster.ownerOf(slot)).id !== replica.id) {
    await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, `during ${count}`)));
    count += 1;
  }
  const promoted = performance.now();
  await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, "after")));
  const followedMs = performance.now() - promoted;
  process.stderr.write(`planned failover: followed after ${Math.round(followedMs)} ms\n`);
  expect(followedMs).toBeLessThan(5_000);
  await expect
    .poll(() => followed.map((entries) => entries.length), WITHIN)
    .toEqual(rooms.map(() => count + 1));
  expect(followed.every(inOrder)).toBe(true);
  await close();
});

test("[H4] [D5] a crash of a master makes the log unreachable until its replica is promoted", async () => {
  const { here, there, close } = await open(LASTING);
  const rooms = roomsOfAllPartitions();
  const followed = rooms.map((name) => follow(there.log, name));
  await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, "before")));
  await expect.poll(() => followed.every((entries) => entries.length === 1), WITHIN).toBe(true);
  const slot = slotOf(KEYS.hashTag(0));
  const master = await cluster.ownerOf(slot);
  // What no replica had would be lost in the crash (R4).
  const replica = await cluster.replicaInStep(master);
  await master.redis.kill();
  await expect.poll(() => isReachable(here.log), WITHIN).toBe(false);
  await cluster.until(async () => (await cluster.ownerOf(slot)).id === replica.id);
  const promoted = performance.now();
  await Promise.all(rooms.map((name) => appendUntilStored(here.log, name, "after")));
  const followedMs = performance.now() - promoted;
  process.stderr.write(`crash of a master: followed after ${Math.round(followedMs)} ms\n`);
  expect(followedMs).toBeLessThan(5_000);
  await expect.poll(() => followed.every((entries) => entries.length === 2), WITHIN).toBe(true);
  expect(followed.every(inOrder)).toBe(true);
  await expect.poll(() => isReachable(here.log), WITHIN).toBe(true);
  await close();
}, 60_000);
