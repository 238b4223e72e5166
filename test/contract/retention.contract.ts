/**
 * The contract suite of the port Retention: deleted text is erased while the order of the log stays (D9), and
 * rooms that are not needed are forgotten (L5).
 */
import { describe, expect, test } from "vitest";
import { EMPTY_ROOM_MS } from "../../src/app/ports/retention.ts";
import { START } from "../../src/domain/position.ts";
import { deploy, run, type Deployment, type Open } from "./deployment.ts";
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
  reaction,
  seqs,
  RecordingFollower,
  wholeLog,
  wordsOf,
} from "./given.ts";

/** An erasure waits this long for further deletions. */
const GATHERED_MS = 2_100;

const enforce = async ({ here, there, advance }: Deployment, afterMs: number): Promise<void> => {
  await advance(afterMs);
  await Promise.all([run(here.retention.enforce), run(there.retention.enforce)]);
};

export const retentionContract = (
  name: string,
  open: Open,
  /** Whether the store's clock is injected, so that hours can pass at once. */
  hasVirtualClock: boolean,
): void => {
  describe(`the retention of ${name}`, () => {
    test("[D9] erasing text leaves ids, seqs and the chain of a long log as they were", async () => {
      const deployment = await deploy(open);
      const { here, there } = deployment;
      const room = newRoom();
      const heads = await fill(here.log, room, 700);
      const message = heads[3]?.id ?? START;
      const later = heads[650]?.id ?? START;
      await append(here.log, room, edit(message, "secret again"));
      await append(here.log, room, deletion(message));
      await append(there.log, room, deletion(later));
      const before = await wholeLog(there.log, room);
      const follower = new RecordingFollower(here.log, room, heads[100]?.id ?? START);
      await enforce(deployment, GATHERED_MS);
      expect(await wholeLog(here.log, room)).toEqual(before);
      expect(seqs(before)).toEqual(counting(1, 703));
      expect(chained(START, before)).toBe(true);
      expect(wordsOf(before).filter((words) => words === "(deleted)")).toHaveLength(3);
      // Readers in the middle and at the end of the log go on across the rewrite.
      await append(there.log, room, post("after it"));
      const seen = await follower.received(704 - 101);
      expect(seqs(seen)).toEqual(counting(102, 704));
      follower.stop();
      expect(await run(here.log.append(room, reaction(message)))).toEqual({ tag: "gone" });
    });

    test("[D9] a deletion during an erasure is erased too", async () => {
      const deployment = await deploy(open);
      const { here, there } = deployment;
      const room = newRoom();
      const heads = await fill(here.log, room, 300);
      await append(here.log, room, deletion(heads[0]?.id ?? START));
      await deployment.advance(GATHERED_MS);
      const [, at] = await Promise.all([
        run(here.retention.enforce),
        append(there.log, room, deletion(heads[1]?.id ?? START)),
      ]);
      await enforce(deployment, GATHERED_MS);
      const entries = await wholeLog(here.log, room);
      expect(wordsOf(entries).slice(0, 3)).toEqual(["(deleted)", "(deleted)", "message 3"]);
      expect(entries.at(-1)).toMatchObject({ id: at.id, seq: 302 });
    });

    if (!hasVirtualClock) return;

    test("[L5] a room without any message is forgotten within an hour after all members have left", async () => {
      const deployment = await deploy(open);
      const { here, there } = deployment;
      const [empty, occupied, said] = [newRoom(), newRoom(), newRoom()];
      const presences = [empty, occupied, said].map((room) => ({
        room,
        user: ANN,
        connection: newConnection(),
      }));
      await run(here.board.enter(presences));
      await append(here.log, said, post("something"));
      await run(here.board.leave(presences.filter(({ room }) => room !== occupied)));
      await enforce(deployment, EMPTY_ROOM_MS - 1_000);
      expect(await wholeLog(there.log, empty)).toHaveLength(2);
      await run(here.board.enter(presences.filter(({ room }) => room === occupied)));
      await enforce(deployment, 2_000);
      expect(await wholeLog(there.log, empty)).toEqual([]);
      expect(await wholeLog(there.log, occupied)).toHaveLength(1);
      expect(await wholeLog(there.log, said)).toHaveLength(3);
      // A new room of the same name starts with seq 1.
      expect(await append(here.log, empty, post("first"))).toMatchObject({ seq: 1 });
    });

    test("[L5] with a bound on idle rooms, a room without messages and members for that time is forgotten", async () => {
      const day = 86_400_000;
      const deployment = await deploy(open, { roomIdleMs: day, keyTtlMs: day / 4 });
      const { here, there } = deployment;
      const [idle, occupied, busy] = [newRoom(), newRoom(), newRoom()];
      for (const room of [idle, occupied, busy]) await append(here.log, room, post("something"));
      await run(here.board.enter([{ room: occupied, user: ANN, connection: newConnection() }]));
      await enforce(deployment, day / 2);
      expect(await wholeLog(there.log, idle)).toHaveLength(1);
      await append(here.log, busy, post("something else"));
      await enforce(deployment, day / 2 + 1_000);
      await enforce(deployment, 1_000);
      expect(await wholeLog(there.log, idle)).toEqual([]);
      expect(await wholeLog(there.log, occupied)).toHaveLength(2);
      expect(await wholeLog(there.log, busy)).toHaveLength(2);
    });
  });
};
