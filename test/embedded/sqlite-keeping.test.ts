/**
 * Tests of the guarantees that only the embedded log gives: exact trimming, exact expiry of keys, and atomic
 * writes that fail without a trace.
 */
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { layerSqlite } from "../../src/adapters/sqlite/layer.ts";
import { GroupCommit } from "../../src/adapters/sqlite/group-commit.ts";
import { RoomLog } from "../../src/adapters/sqlite/room-log.ts";
import { MIGRATIONS } from "../../src/adapters/sqlite/schema.ts";
import { LogUnavailable } from "../../src/app/ports/event-log.ts";
import { comparePositions, START } from "../../src/domain/position.ts";
import { deploy, portsOf, run, type StoreOptions } from "../contract/deployment.ts";
import {
  append,
  chained,
  counting,
  fill,
  key,
  newConnection,
  newRoom,
  post,
  roomNamed,
  seqs,
  user,
  wholeLog,
  RecordingFollower,
  wordsOf,
} from "../contract/given.ts";

/** The log with a database in memory and a clock that can be set. */
const embedded = async (options: Partial<StoreOptions> = {}) => {
  const clock = { now: 1_700_000_000_000 };
  const { here } = await deploy(async (all) => {
    const { ports, close } = await portsOf(layerSqlite({ file: ":memory:", now: () => clock.now, ...all }));
    return { here: ports, there: ports, advance: () => Promise.resolve(), close };
  }, options);
  return { ...here, clock };
};

test("[R3] each room keeps exactly the maximum number of events", async () => {
  const { log } = await embedded({ maxEvents: 10 });
  const [room, other] = [newRoom(), newRoom()];
  await fill(log, other, 3);
  const heads = await fill(log, room, 25);
  expect(seqs(await wholeLog(log, room))).toEqual(counting(16, 25));
  expect(seqs(await wholeLog(log, other))).toEqual([1, 2, 3]);
  expect((await wholeLog(log, room))[0]?.previous).toBe(heads[14]?.id);
});

test("[R3] a room keeps exactly the events that are young enough, and the last one", async () => {
  const { log, clock } = await embedded({ maxAgeMs: 1000 });
  const room = newRoom();
  for (const text of ["old", "young"]) {
    await append(log, room, post(text));
    clock.now += 600;
  }
  await append(log, room, post("new"));
  expect(wordsOf(await wholeLog(log, room))).toEqual(["young", "new"]);
  clock.now += 1_000_000;
  expect(wordsOf(await wholeLog(log, room))).toEqual(["young", "new"]);
  await append(log, room, post("last"));
  expect(wordsOf(await wholeLog(log, room))).toEqual(["last"]);
});

test("[I1] a key is kept for exactly its lifetime", async () => {
  const { log, clock } = await embedded({ keyTtlMs: 1000 });
  const room = newRoom();
  const fact = post("first");
  const first = await run(log.append(room, fact));
  clock.now += 999;
  expect(await run(log.append(room, fact))).toEqual({ ...first, duplicate: true });
  clock.now += 1;
  expect(await run(log.append(room, fact))).toMatchObject({ duplicate: false, at: { seq: 2 } });
  expect(await run(log.append(room, fact))).toMatchObject({ duplicate: true, at: { seq: 2 } });
});

test("[D3] ids increase even if the clock steps back", async () => {
  const { log, clock } = await embedded();
  const room = newRoom();
  const first = await append(log, room, post("first"));
  clock.now -= 3_600_000;
  const heads = await fill(log, room, 5);
  const ids = [first, ...heads].map(({ id }) => id);
  expect(ids.toSorted(comparePositions)).toEqual(ids);
  expect(new Set(ids).size).toBe(6);
  const page = await run(log.after(room, first.id, 10));
  expect(page.status === "held" && chained(first.id, page.entries)).toBe(true);
});

test("[W5] names of rooms and users, and keys, are never interpreted as SQL", async () => {
  const { log, board } = await embedded();
  const bobby = user("');DROP/**/TABLE/**/entries;--", 'Robert "); DROP TABLE rooms;-- \u202e');
  const used = key("';DELETE/**/FROM/**/keys;--");
  const rooms = ["a_", "a.", "ab", "ａｂ", "日本語"].map(roomNamed);
  for (const room of rooms) {
    await run(board.enter([{ room, user: bobby, connection: newConnection() }]));
    expect(await run(log.append(room, post("'; --", bobby, used)))).toMatchObject({ duplicate: false });
    expect(await run(log.append(room, post("'; --", bobby, used)))).toMatchObject({ duplicate: true });
    expect((await run(board.members(room))).members).toEqual([bobby]);
    expect(seqs(await wholeLog(log, room))).toEqual([1, 2]);
  }
});

/** A log on a bare database, which the test can inspect. */
const bare = () => {
  const database = new DatabaseSync(":memory:");
  for (const migration of MIGRATIONS) database.exec(migration);
  const log = new RoomLog(database, { now: () => 1_700_000_000_000, maxEvents: 0, maxAgeMs: 0 });
  const notified: string[] = [];
  const commits = new GroupCommit(database, (_, entries) => notified.push(...wordsOf(entries)));
  const room = newRoom();
  const write = (text: string) =>
    run(commits.write((appended) => log.append(room, log.findOrMake(room), post(text), appended)));
  return { database, log, room, commits, notified, write };
};

test("[D5] a failed write is unavailable, leaves nothing behind, and does not affect others in its transaction", async () => {
  const { database, commits, room, log, notified, write } = bare();
  const failing = run(
    commits.write((appended) => {
      log.append(room, log.findOrMake(room), post("half done"), appended);
      database.exec("INSERT INTO nowhere VALUES (1)");
    }),
  ).catch((error: unknown) => error);
  const [before, error, after] = await Promise.all([write("before"), failing, write("after")]);
  expect(error).toBeInstanceOf(LogUnavailable);
  expect([before.seq, after.seq].toSorted()).toEqual([1, 2]);
  expect(database.isTransaction).toBe(false);
  const key = log.find(room) ?? 0;
  expect(wordsOf(log.following(key, 0, 10)).toSorted()).toEqual(["after", "before"]);
  expect(notified.toSorted()).toEqual(["after", "before"]);
});

test("[D5] a database that refuses writes is unavailable until it accepts writes again", async () => {
  const { database, log, room, write } = bare();
  await write("one");
  database.exec("PRAGMA query_only = ON");
  await expect(write("two")).rejects.toBeInstanceOf(LogUnavailable);
  database.exec("PRAGMA query_only = OFF");
  expect(await write("three")).toMatchObject({ seq: 2 });
  expect(wordsOf(log.following(log.find(room) ?? 0, 0, 10))).toEqual(["one", "three"]);
});

test("[D2] a commit during a notification is notified after it", async () => {
  const database = new DatabaseSync(":memory:");
  for (const migration of MIGRATIONS) database.exec(migration);
  const log = new RoomLog(database, { now: () => 1_700_000_000_000, maxEvents: 0, maxAgeMs: 0 });
  const notified: number[] = [];
  const room = newRoom();
  const commits: GroupCommit = new GroupCommit(database, (_, entries) => {
    if (notified.length === 0) {
      void write();
      commits.flush();
    }
    notified.push(...seqs(entries));
  });
  const write = () =>
    run(commits.write((appended) => log.append(room, log.findOrMake(room), post("x"), appended)));
  await write();
  expect(notified).toEqual([1, 2]);
});

test("[D2] a follower gets the appends of one turn as one batch", async () => {
  const { log } = await embedded();
  const room = newRoom();
  const follower = new RecordingFollower(log, room, START);
  await append(log, room, post("first"));
  await follower.received(1);
  let batches = 0;
  const stop = log.follow(room, follower.entries[0]?.id ?? START, () => (batches += 1));
  const other = newRoom();
  const elsewhere = new RecordingFollower(log, other, START);
  await append(log, other, post("a turn for the follower to come to the head"));
  await elsewhere.received(1);
  await fill(log, room, 50);
  await follower.received(51);
  expect(batches).toBe(1);
  stop();
  follower.stop();
  elsewhere.stop();
});
