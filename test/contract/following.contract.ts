/**
 * The contract suite of following, for every adapter of the port LogTail: a follower gets everything after
 * its position, once, in order.
 */
import { describe, expect, test } from "vitest";
import { START } from "../../src/domain/position.ts";
import { deploy, type Open } from "./deployment.ts";
import {
  append,
  chained,
  counting,
  fill,
  newRoom,
  post,
  seqs,
  wholeLog,
  RecordingFollower,
  wordsOf,
} from "./given.ts";

export const followingContract = (name: string, open: Open): void => {
  describe(`the log of ${name}: following`, () => {
    test("[D2] a follower from the start gets the stored entries, and then the new ones", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      await fill(here.log, room, 1200);
      const follower = new RecordingFollower(there.log, room, START);
      await follower.received(1200);
      await fill(here.log, room, 5);
      expect(seqs(await follower.received(1205))).toEqual(counting(1, 1205));
      expect(chained(START, follower.entries)).toBe(true);
      follower.stop();
    });

    test("[D2] a follower from a position or from the head gets only the entries after it", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 10);
      const fourth = new RecordingFollower(there.log, room, heads[3]?.id ?? START);
      const last = new RecordingFollower(there.log, room, heads[9]?.id ?? START);
      await fill(here.log, room, 2);
      expect(seqs(await fourth.received(8))).toEqual(counting(5, 12));
      expect(seqs(await last.received(2))).toEqual(counting(11, 12));
      fourth.stop();
      last.stop();
    });

    test("[D2] a follower of an empty room gets the first entry", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const follower = new RecordingFollower(there.log, room, START);
      await append(here.log, newRoom(), post("elsewhere"));
      await append(here.log, room, post("the first"));
      expect(wordsOf(await follower.received(1))).toEqual(["the first"]);
      follower.stop();
    });

    test("[D2] [D3] early and late followers see the same order while two instances append", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const early = [
        new RecordingFollower(here.log, room, START),
        new RecordingFollower(there.log, room, START),
      ];
      const appending = Promise.all([fill(here.log, room, 700), fill(there.log, room, 700)]);
      await early[0]?.received(100);
      const late = [
        new RecordingFollower(here.log, room, START),
        new RecordingFollower(there.log, room, START),
      ];
      await appending;
      const log = await wholeLog(here.log, room);
      for (const follower of [...early, ...late]) {
        expect(await follower.received(1400)).toEqual(log);
        follower.stop();
      }
    });

    test("[D2] a follower that stops gets nothing more, even if it stops in the callback", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const other = new RecordingFollower(here.log, room, START);
      let calls = 0;
      const stop = here.log.follow(room, START, () => {
        calls += 1;
        stop();
        stop();
      });
      await append(here.log, room, post("one"));
      await other.received(1);
      await append(here.log, room, post("two"));
      await append(here.log, room, post("three"));
      expect(seqs(await other.received(3))).toEqual([1, 2, 3]);
      expect(calls).toBe(1);
      other.stop();
    });

    test("[D2] a follower that stops and follows again continues from its position", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const first = new RecordingFollower(there.log, room, START);
      await append(here.log, room, post("one"));
      await first.received(1);
      first.stop();
      const missed = await append(here.log, room, post("two"));
      const second = new RecordingFollower(there.log, room, first.entries[0]?.id ?? START);
      expect(wordsOf(await second.received(1))).toEqual(["two"]);
      expect(second.entries[0]).toMatchObject(missed);
      second.stop();
    });
  });
};
