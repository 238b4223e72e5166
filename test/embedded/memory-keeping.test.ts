/**
 * Tests of the guarantees that only the store in memory gives: exact trimming, exact expiry of keys, removal
 * of the text of a deleted message, and the loss of everything after a snapshot that is restored.
 */
import { expect, test } from "vitest";
import { layerMemory, MemoryStore } from "../../src/adapters/memory/layer.ts";
import { START } from "../../src/domain/position.ts";
import { deploy, portsOf, run, type StoreOptions } from "../contract/deployment.ts";
import {
  ANN,
  append,
  chained,
  counting,
  deletion,
  edit,
  fill,
  key,
  newConnection,
  newRoom,
  post,
  seqs,
  wholeLog,
  RecordingFollower,
  wordsOf,
} from "../contract/given.ts";

const given = async (options: Partial<StoreOptions> = {}) => {
  const clock = { now: 1_700_000_000_000 };
  const stores: MemoryStore[] = [];
  const { here } = await deploy(async (all) => {
    const store = new MemoryStore({ now: () => clock.now, ...all });
    stores.push(store);
    const { ports, close } = await portsOf(layerMemory({ store }));
    return { here: ports, there: ports, advance: () => Promise.resolve(), close };
  }, options);
  const [store] = stores;
  if (store === undefined) throw new Error("no store was made");
  return { ...here, clock, store };
};

test("[R3] each room keeps exactly the maximum number of events, after many times as many appends", async () => {
  const { log } = await given({ maxEvents: 10 });
  const [room, other] = [newRoom(), newRoom()];
  await fill(log, other, 3);
  const heads = await fill(log, room, 1_000);
  const kept = await wholeLog(log, room);
  expect(seqs(kept)).toEqual(counting(991, 1_000));
  expect(chained(heads[989]?.id ?? START, kept)).toBe(true);
  expect(seqs(await wholeLog(log, other))).toEqual([1, 2, 3]);
});

test("[R3] a room keeps exactly the events that are young enough, and the last one", async () => {
  const { log, clock } = await given({ maxAgeMs: 1_000 });
  const room = newRoom();
  for (const text of ["old", "young"]) {
    await append(log, room, post(text));
    clock.now += 600;
  }
  await append(log, room, post("new"));
  expect(wordsOf(await wholeLog(log, room))).toEqual(["young", "new"]);
  clock.now += 1_000_000;
  await append(log, room, post("newest"));
  expect(wordsOf(await wholeLog(log, room))).toEqual(["newest"]);
});

test("[I1] a key is kept for exactly its lifetime", async () => {
  const { log, clock } = await given({ keyTtlMs: 1_000 });
  const room = newRoom();
  const fact = post("once", ANN, key("k"));
  await append(log, room, fact);
  clock.now += 999;
  expect(await run(log.append(room, fact))).toMatchObject({ duplicate: true });
  clock.now += 1;
  expect(await run(log.append(room, fact))).toMatchObject({ duplicate: false, at: { seq: 2 } });
});

test("[D6] after a deletion no entry holds a text of the message", async () => {
  const { log, store } = await given();
  const room = newRoom();
  const message = await append(log, room, post("secret"));
  await append(log, room, edit(message.id, "secret too"));
  await append(log, room, post("not deleted"));
  await append(log, room, deletion(message.id));
  const stored = JSON.stringify(store.rooms.get(room)?.log.before(undefined, 10).entries);
  expect(stored).not.toContain("secret");
  expect(stored).toContain("not deleted");
});

test("[D3] ids increase even if the clock steps back", async () => {
  const { log, clock } = await given();
  const room = newRoom();
  const { id } = await append(log, room, post("before"));
  clock.now -= 60_000;
  const [ms] = id.split("-");
  expect(await append(log, room, post("after"))).toEqual({ id: `${ms}-1`, seq: 2 });
});

test("[R4] restoring a snapshot loses everything after it, including keys and members", async () => {
  const { log, board, store, clock } = await given();
  const room = newRoom();
  const kept = await append(log, room, post("kept"));
  const snapshot = store.snapshot();
  clock.now += 1_000;
  const fact = post("lost", ANN, key("k"));
  const lost = await append(log, room, fact);
  await run(board.enter([{ room, user: ANN, connection: newConnection() }]));
  const follower = new RecordingFollower(log, room, kept.id);
  await follower.received(2);
  store.restore(snapshot);
  expect(wordsOf(await wholeLog(log, room))).toEqual(["kept"]);
  expect(await run(log.after(room, lost.id, 1))).toEqual({ status: "unknown" });
  expect(await run(log.diverged(new Map([[room, lost]])))).toEqual([room]);
  expect(await run(board.members(room))).toMatchObject({ memberCount: 0, at: kept });
  clock.now += 1_000;
  expect(await run(log.append(room, fact))).toMatchObject({ duplicate: false, at: { seq: 2 } });
  const [, , next] = await follower.received(3);
  expect(next?.previous).toBe(kept.id);
  store.restore(snapshot);
  expect(wordsOf(await wholeLog(log, room))).toEqual(["kept"]);
});
