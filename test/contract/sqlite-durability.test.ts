/**
 * Tests of the embedded log across the end of its process, and of the lock on its file.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { DatabaseSync } from "node:sqlite";
import { expect, onTestFinished, test } from "vitest";
import { layerSqlite } from "../../src/adapters/sqlite/layer.ts";
import { LASTING, portsOf, run, type StoreOptions } from "./deployment.ts";
import {
  ANN,
  append,
  chained,
  counting,
  deletion,
  edit,
  fill,
  newConnection,
  newRoom,
  post,
  roomNamed,
  seqs,
  wholeLog,
  wordsOf,
} from "./given.ts";
import { START } from "../../src/domain/position.ts";

const newFile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), "gapless-sqlite-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return join(folder, "data", "log.db");
};

const open = (file: string, options: Partial<StoreOptions> = {}, now: () => number = Date.now) =>
  portsOf(layerSqlite({ file, now, ...LASTING, ...options }));

test("[D1] [I1] a restart keeps the log, the keys and the revisions", async () => {
  const file = await newFile();
  const room = newRoom();
  const first = await open(file);
  const fact = post("first");
  const outcome = await run(first.ports.log.append(room, fact));
  const { id } = await append(first.ports.log, room, post("second"));
  await append(first.ports.log, room, edit(id, "edited"));
  await append(first.ports.log, room, deletion(id));
  const revision = await run(first.ports.revisions.announce("the-first"));
  const entries = await wholeLog(first.ports.log, room);
  await first.close();

  const second = await open(file);
  expect(await wholeLog(second.ports.log, room)).toEqual(entries);
  expect(wordsOf(entries)).toEqual(["first", "(deleted)", "(deleted)", "message.deleted"]);
  expect(await run(second.ports.log.append(room, fact))).toEqual({ ...outcome, duplicate: true });
  expect(await append(second.ports.log, room, post("third"))).toMatchObject({ seq: 5 });
  expect(await run(second.ports.revisions.newest)).toEqual(revision);
  await second.close();
});

test("[D6] a deleted text is nowhere in the file once it is closed", async () => {
  const file = await newFile();
  const room = newRoom();
  const { ports, close } = await open(file);
  // The long text fills pages of its own. The short one shares a page with other messages.
  const secrets = ["the-secret", "the-secret ".repeat(350)];
  for (const secret of secrets) {
    const { id } = await append(ports.log, room, post(secret));
    await append(ports.log, room, edit(id, `${secret}, edited`));
    await append(ports.log, room, post("a neighbour"));
    await append(ports.log, room, deletion(id));
  }
  await close();
  const bytes = await readFile(file, "latin1");
  expect(bytes).toContain("a neighbour");
  expect(bytes).not.toContain("the-secret");
});

test("[P1] [P3] a quick restart is no leave; a user who does not come back leaves at the end of the lease", async () => {
  const file = await newFile();
  const room = newRoom();
  const presence = { room, user: ANN, connection: newConnection() };
  let time = Date.now();
  const first = await open(file, { leaseMs: 1000 }, () => time);
  await run(first.ports.board.enter([presence]));
  await first.close();

  const second = await open(file, { leaseMs: 1000 }, () => time);
  await run(second.ports.board.sweep);
  expect(await run(second.ports.board.members(room))).toMatchObject({ members: [ANN], at: { seq: 1 } });
  await run(second.ports.board.enter([{ ...presence, connection: newConnection() }]));
  time += 1000;
  await run(second.ports.board.sweep);
  expect(wordsOf(await wholeLog(second.ports.log, room))).toEqual(["member.joined Ann", "member.left Ann"]);
  await second.close();
});

test("[D1] closing commits the appends that were accepted before", async () => {
  const file = await newFile();
  const room = newRoom();
  const first = await open(file);
  const appending = fill(first.ports.log, room, 50);
  await first.close();
  await appending;
  const second = await open(file);
  expect(seqs(await wholeLog(second.ports.log, room))).toEqual(counting(1, 50));
  await second.close();
});

test("[D1] a process that is killed during appends has stored everything that it acknowledged", async () => {
  const file = await newFile();
  for (const kills of [1, 2]) {
    const program = join(import.meta.dirname, "sqlite-append-forever.ts");
    const child = spawn(process.execPath, [program, file], { stdio: ["ignore", "pipe", "inherit"] });
    const ended = once(child, "close");
    const acknowledged: number[] = [];
    for await (const line of createInterface({ input: child.stdout })) {
      acknowledged.push(Number(line));
      if (acknowledged.length === 300) child.kill("SIGKILL");
    }
    expect(await ended).toEqual([null, "SIGKILL"]);

    const { ports, close } = await open(file);
    const entries = await wholeLog(ports.log, roomNamed("hall"));
    expect(seqs(entries)).toEqual(counting(1, entries.length));
    expect(chained(START, entries)).toBe(true);
    expect(entries.length).toBeGreaterThanOrEqual(Math.max(300 * kills, ...acknowledged));
    await close();
  }
});

test("[D3] a second process on the same file is refused in one sentence until the first has ended", async () => {
  const file = await newFile();
  const first = await open(file);
  await expect(open(file)).rejects.toMatchObject({
    _tag: "DatabaseUnusable",
    message: expect.stringMatching(/^The log .* is in use by another process: [^.]*\.$/),
  });
  await append(first.ports.log, newRoom(), post("still mine"));
  await first.close();
  const second = await open(file);
  await second.close();
});

test("[D3] a file that is not a database, or is from a newer program, is refused in one sentence", async () => {
  const file = await newFile();
  await (await open(file)).close();
  const newer = new DatabaseSync(file);
  newer.exec("PRAGMA user_version = 99");
  newer.close();
  await expect(open(file)).rejects.toThrow(/has version 99, which is newer than this program/);
  await writeFile(file, "these are not the bytes of a database, and there are enough of them".repeat(50));
  await rm(`${file}-wal`, { force: true });
  await expect(open(file)).rejects.toMatchObject({ _tag: "DatabaseUnusable" });
});

test("[D9] neither the database nor its write-ahead log holds the text of a deleted message", async () => {
  const file = await newFile();
  const room = newRoom();
  const secret = "0f2e7b-correct-horse-battery-staple-0f2e7b";
  const { ports, close } = await open(file);
  const message = await append(ports.log, room, post(secret));
  await append(ports.log, room, edit(message.id, `${secret} edited`));
  const stored = async () => (await readFile(file, "latin1")) + (await readFile(`${file}-wal`, "latin1"));
  expect(await stored()).toContain(secret);
  await append(ports.log, room, deletion(message.id));
  await run(ports.retention.enforce);
  expect(await stored()).not.toContain(secret);
  expect(seqs(await wholeLog(ports.log, room))).toEqual(counting(1, 3));
  await close();
});

test("[D9] a process that ended before it erased leaves that to the next one", async () => {
  const file = await newFile();
  const database = await open(file);
  await database.close();
  const { ports, close } = await open(file);
  await append(ports.log, newRoom(), post("something"));
  expect((await readFile(`${file}-wal`)).length).toBeGreaterThan(0);
  await run(ports.retention.enforce);
  expect(await readFile(`${file}-wal`)).toHaveLength(0);
  await close();
});
