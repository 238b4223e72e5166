/**
 * The contract suite of reading, for every adapter of the port History: pages, positions that can't be
 * honoured, and logs that diverged.
 */
import { describe, expect, test } from "vitest";
import { EMPTY_HEAD, position, START, timeOf } from "../../src/domain/position.ts";
import { deploy, run, type Open } from "./deployment.ts";
import { append, chained, counting, fill, newRoom, post, seqs, wholeLog, wordsOf } from "./given.ts";

export const readingContract = (name: string, open: Open): void => {
  describe(`the log of ${name}: reading`, () => {
    test("[R2] the entries after a position are complete and in order, and `more` is right", async () => {
      const { here, there } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 20);
      const head = heads.at(-1);
      for (const [index, { id, seq }] of [EMPTY_HEAD, ...heads].entries()) {
        const page = await run(there.log.after(room, id, 5));
        expect(page).toMatchObject({ status: "held", more: index + 5 < 20, head });
        if (page.status !== "held") continue;
        expect(seqs(page.entries)).toEqual(counting(seq + 1, Math.min(20, seq + 5)));
        expect(chained(id, page.entries)).toBe(true);
      }
    });

    test("[R2] a page with the limit 0 has the room's head", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 3);
      const head = heads[2] ?? EMPTY_HEAD;
      const page = await run(here.log.after(room, heads[1]?.id ?? START, 0));
      expect(page).toEqual({ status: "held", entries: [], more: true, head });
      expect(await run(here.log.after(room, head.id, 0))).toMatchObject({ entries: [], more: false });
      expect(await run(here.log.before(room, undefined, 0))).toEqual({ entries: [], more: true, head });
    });

    test("[R1] [R2] in an empty room the start is held, and pages are empty", async () => {
      const { here } = await deploy(open);
      const none = { entries: [], more: false, head: EMPTY_HEAD };
      expect(await run(here.log.after(newRoom(), START, 5))).toEqual({ status: "held", ...none });
      expect(await run(here.log.before(newRoom(), undefined, 5))).toEqual(none);
      expect(await run(here.log.before(newRoom(), position("5-0"), 5))).toEqual(none);
      expect(await run(here.log.after(newRoom(), position("5-0"), 5))).toEqual({ status: "unknown" });
    });

    test("[R1] the newest entries are read, and those before a position that need not exist", async () => {
      const { here } = await deploy(open);
      const room = newRoom();
      const heads = await fill(here.log, room, 20);
      const head = heads.at(-1) ?? EMPTY_HEAD;
      const newest = await run(here.log.before(room, undefined, 5));
      expect(newest).toMatchObject({ more: true, head });
      expect(seqs(newest.entries)).toEqual(counting(16, 20));
      const older = await run(here.log.before(room, newest.entries[0]?.id, 15));
      expect(older).toMatchObject({ more: false, head });
      expect(seqs(older.entries)).toEqual(counting(1, 15));
      const beyond = position(`${timeOf(head.id)}-18446744073709551615`);
      const largest = position("18446744073709551615-0");
      for (const above of [beyond, largest]) {
        expect(await run(here.log.before(room, above, 5))).toEqual(newest);
      }
      const nothing = { entries: [], more: false, head };
      expect(await run(here.log.before(room, START, 5))).toEqual(nothing);
      expect(await run(here.log.before(room, position("1-0"), 5))).toEqual(nothing);
      expect(await run(here.log.before(room, heads[0]?.id, 5))).toEqual(nothing);
    });

    test("[R3] a position that the log never held is unknown", async () => {
      const { here } = await deploy(open);
      const [room, other] = [newRoom(), newRoom()];
      const [first, second] = await fill(here.log, room, 2);
      const elsewhere = await append(here.log, other, post("elsewhere"));
      const ms = timeOf(second?.id ?? START);
      const unknown = [
        position("0-1"),
        position(`${timeOf(first?.id ?? START) - 1}-0`),
        position(`${ms}-999`),
        position(`${ms + 86_400_000}-0`),
        position("9223372036854775807-9223372036854775807"),
        position("9223372036854775808-0"),
        position("18446744073709551615-18446744073709551615"),
      ];
      if (elsewhere.id !== first?.id && elsewhere.id !== second?.id) unknown.push(elsewhere.id);
      for (const at of unknown) {
        const page = await run(here.log.after(room, at, 5));
        expect({ at, status: page.status }).toEqual({ at, status: "unknown" });
      }
    });

    test("[R3] a position before the oldest entry is trimmed, and so is the start", async () => {
      const { here } = await deploy(open, { maxEvents: 10 });
      const room = newRoom();
      const heads = await fill(here.log, room, 300);
      const kept = await wholeLog(here.log, room);
      expect(kept.length).toBeGreaterThanOrEqual(10);
      expect(kept.length).toBeLessThan(300);
      const oldest = kept[0]?.seq ?? 0;
      expect(seqs(kept)).toEqual(counting(oldest, 300));
      for (const { id, seq } of [EMPTY_HEAD, ...heads]) {
        const page = await run(here.log.after(room, id, 1));
        expect(page.status).toBe(seq < oldest ? "trimmed" : "held");
      }
      expect(await run(here.log.after(room, position("0-1"), 1))).toEqual({ status: "trimmed" });
    });

    test("[R3] entries that are too old are trimmed, except the last one", async () => {
      const { here, advance } = await deploy(open, { maxAgeMs: 400 });
      const room = newRoom();
      await fill(here.log, room, 300);
      await advance(500);
      expect(await append(here.log, room, post("the last"))).toMatchObject({ seq: 301 });
      expect(await run(here.log.after(room, START, 1))).toEqual({ status: "trimmed" });
      await advance(500);
      const page = await run(here.log.before(room, undefined, 1));
      expect(wordsOf(page.entries)).toEqual(["the last"]);
    });

    test(
      "[R5] ten thousand events are read in pages, complete and in order",
      { timeout: 60_000 },
      async () => {
        const { here, there } = await deploy(open);
        const room = newRoom();
        await fill(here.log, room, 10_000);
        let at = START;
        let read = 0;
        for (let more = true; more;) {
          const page = await run(there.log.after(room, at, 500));
          if (page.status !== "held") throw new Error(`the log does not hold ${at}`);
          expect(page.entries.length).toBeLessThanOrEqual(500);
          expect(chained(at, page.entries)).toBe(true);
          expect(page.entries[0]?.seq).toBe(read + 1);
          read += page.entries.length;
          at = page.entries.at(-1)?.id ?? at;
          more = page.more;
        }
        expect(read).toBe(10_000);
      },
    );

    test("[R4] the log diverged if it neither holds a head nor has trimmed it", async () => {
      const { here, there } = await deploy(open, { maxEvents: 10 });
      const [room, other, empty, lost] = [newRoom(), newRoom(), newRoom(), newRoom()];
      const [ahead, renumbered] = [newRoom(), newRoom()];
      const heads = await fill(here.log, room, 300);
      const [stands = EMPTY_HEAD] = await fill(here.log, other, 1);
      await fill(here.log, ahead, 1);
      const [{ id: same } = EMPTY_HEAD] = await fill(here.log, renumbered, 1);
      expect(await run(there.log.diverged(new Map()))).toEqual([]);
      const diverged = await run(
        there.log.diverged(
          new Map([
            [room, heads[0] ?? EMPTY_HEAD],
            [other, stands],
            [empty, EMPTY_HEAD],
            [lost, { id: position("5-0"), seq: 5 }],
            [ahead, { id: position(`${timeOf(stands.id) + 86_400_000}-0`), seq: 2 }],
            [renumbered, { id: same, seq: 7 }],
          ]),
        ),
      );
      expect(diverged.toSorted()).toEqual([lost, ahead, renumbered].toSorted());
    });

    test("[H4] `reachable` succeeds", async () => {
      const { here } = await deploy(open);
      await expect(run(here.log.reachable)).resolves.toBeUndefined();
    });
  });
};
