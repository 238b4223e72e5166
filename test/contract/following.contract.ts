/**
 * What every adapter of the port EventLog keeps to towards those who follow a room: everything after their position, once, in order.
 */
import { describe, expect, test } from "vitest";
import { START } from "../../src/domain/position.ts";
import { deploy, type Open } from "./deployment.ts";
import { append, chained, counting, fill, newRoom, post, seqs, wholeLog, Witness, wordsOf } from "./given.ts";

export const followingContract = (name: string, open: Open): void => {
  describe(`the log of ${name}: following`, () => {
    test("[D2] from the start: what is there, and then what comes", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      await fill(here.log, room, 1200);
      const witness = new Witness(there.log, room, START);
      await witness.saw(1200);
      await fill(here.log, room, 5);
      expect(seqs(await witness.saw(1205))).toEqual(counting(1, 1205));
      expect(chained(START, witness.entries)).toBe(true);
      witness.stop();
    });

    test("[D2] from a position, and from the head: only what is after it", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 10);
      const fourth = new Witness(there.log, room, heads[3]?.id ?? START);
      const last = new Witness(there.log, room, heads[9]?.id ?? START);
      await fill(here.log, room, 2);
      expect(seqs(await fourth.saw(8))).toEqual(counting(5, 12));
      expect(seqs(await last.saw(2))).toEqual(counting(11, 12));
      fourth.stop();
      last.stop();
    });

    test("[D2] a room that nothing happened in yet", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const witness = new Witness(there.log, room, START);
      await append(here.log, newRoom(), post("elsewhere"));
      await append(here.log, room, post("the first"));
      expect(wordsOf(await witness.saw(1))).toEqual(["the first"]);
      witness.stop();
    });

    test("[D2] [D3] all see one order while many append at once, whenever they began to follow", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const early = [new Witness(here.log, room, START), new Witness(there.log, room, START)];
      const appending = Promise.all([fill(here.log, room, 700), fill(there.log, room, 700)]);
      await early[0]?.saw(100);
      const late = [new Witness(here.log, room, START), new Witness(there.log, room, START)];
      await appending;
      const log = await wholeLog(here.log, room);
      for (const witness of [...early, ...late]) {
        expect(await witness.saw(1400)).toEqual(log);
        witness.stop();
      }
    });

    test("[D2] who stops is told nothing more, were it inside the callback", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const other = new Witness(here.log, room, START);
      let calls = 0;
      const stop = here.log.follow(room, START, () => {
        calls += 1;
        stop();
        stop();
      });
      await append(here.log, room, post("one"));
      await other.saw(1);
      await append(here.log, room, post("two"));
      await append(here.log, room, post("three"));
      expect(seqs(await other.saw(3))).toEqual([1, 2, 3]);
      expect(calls).toBe(1);
      other.stop();
    });

    test("[D2] who stops and follows again goes on from where it stood", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const first = new Witness(there.log, room, START);
      await append(here.log, room, post("one"));
      await first.saw(1);
      first.stop();
      const missed = await append(here.log, room, post("two"));
      const second = new Witness(there.log, room, first.entries[0]?.id ?? START);
      expect(wordsOf(await second.saw(1))).toEqual(["two"]);
      expect(second.entries[0]).toMatchObject(missed);
      second.stop();
    });
  });
};
