/**
 * Tests of the backlog: its entries are consecutive up to the head, and it answers as the log would, or not
 * at all.
 */
import { describe, expect, test } from "vitest";
import { Backlog, type LinkedEntry } from "../../src/domain/backlog.ts";
import { EMPTY_HEAD, START } from "../../src/domain/position.ts";
import { positionStatus } from "../../src/domain/resume.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { at } from "./given.ts";

const entry = (seq: number, size = 1): LinkedEntry => ({
  id: at(seq * 2),
  seq,
  previous: seq === 1 ? START : at((seq - 1) * 2),
  size,
});

const filled = (from: number, to: number, maxEntries = 1000, maxBytes = 1_000_000): Backlog<LinkedEntry> => {
  const backlog = new Backlog<LinkedEntry>(maxEntries, maxBytes);
  for (let seq = from; seq <= to; seq += 1) backlog.push(entry(seq));
  return backlog;
};

const seqs = (entries: readonly LinkedEntry[] | undefined): readonly number[] | undefined =>
  entries?.map(({ seq }) => seq);

describe("reading", () => {
  test("[R6] it returns the entries after a position that it holds, at maxEntries the limit", () => {
    const backlog = filled(5, 9);
    expect(seqs(backlog.after(entry(5).id, 100))).toEqual([6, 7, 8, 9]);
    expect(seqs(backlog.after(entry(5).id, 2))).toEqual([6, 7]);
    expect(seqs(backlog.after(entry(9).id, 100))).toEqual([]);
  });

  test("[R6] it returns everything from the start if it holds the room's first entry", () => {
    expect(seqs(filled(1, 3).after(START, 100))).toEqual([1, 2, 3]);
    expect(filled(2, 3).after(START, 100)).toBeUndefined();
  });

  test("[R3] it does not answer for a position without an entry: older, between two, ahead, or in an empty room", () => {
    const backlog = filled(5, 9);
    expect(backlog.after(entry(4).id, 100)).toBeUndefined();
    expect(backlog.after(at(13), 100)).toBeUndefined();
    expect(backlog.after(entry(10).id, 100)).toBeUndefined();
    expect(new Backlog<LinkedEntry>(10, 10).after(START, 100)).toBeUndefined();
  });

  test("[R1] it returns the newest entries in order", () => {
    expect(seqs(filled(5, 9).newest(2))).toEqual([8, 9]);
    expect(seqs(filled(5, 9).newest(0))).toEqual([]);
    expect(seqs(filled(5, 9).newest(500))).toEqual([5, 6, 7, 8, 9]);
  });

  test("[R6] it returns the entry at exactly a position, and no other", () => {
    expect(filled(5, 9).at(entry(7).id)?.seq).toBe(7);
    expect(filled(5, 9).at(at(13))).toBeUndefined();
    expect(filled(5, 9).at(at(99))).toBeUndefined();
    expect(filled(5, 9, 2).at(entry(7).id)).toBeUndefined();
  });
});

describe("bounds", () => {
  test("[R6] the number of entries is bounded, and the oldest are removed", () => {
    const backlog = filled(1, 500, 10);
    expect(backlog.length).toBe(10);
    expect(backlog.oldest?.seq).toBe(491);
    expect(backlog.head.seq).toBe(500);
  });

  test("[R6] the size is bounded, except that the last entry always stays", () => {
    const backlog = new Backlog<LinkedEntry>(100, 10);
    for (let seq = 1; seq <= 5; seq += 1) backlog.push(entry(seq, 4));
    expect(seqs(backlog.newest(100))).toEqual([4, 5]);
    backlog.push(entry(6, 50));
    expect(seqs(backlog.newest(100))).toEqual([6]);
    backlog.push(entry(7, 4));
    expect(seqs(backlog.newest(100))).toEqual([7]);
  });

  test("[R6] with a bound of 0 entries it still knows the room's head", () => {
    const backlog = filled(1, 300, 0);
    expect(backlog.length).toBe(0);
    expect(backlog.head.seq).toBe(300);
    expect(backlog.after(entry(299).id, 10)).toBeUndefined();
  });
});

test("[R4] after it was cleared, its head is that of an empty room", () => {
  const backlog = filled(1, 300, 10);
  backlog.clear();
  expect(backlog.head).toEqual(EMPTY_HEAD);
  expect(backlog.newest(10)).toEqual([]);
  backlog.push(entry(1));
  expect(seqs(backlog.after(START, 10))).toEqual([1]);
});

test("[D6] rewriting replaces an entry, and the new size counts from then on", () => {
  const backlog = new Backlog<LinkedEntry>(100, 20);
  for (let seq = 1; seq <= 4; seq += 1) backlog.push(entry(seq, 5));
  backlog.rewrite((entry) => (entry.seq === 2 ? { ...entry, size: 1 } : undefined));
  backlog.push(entry(5, 4));
  expect(backlog.newest(100).map(({ size }) => size)).toEqual([5, 1, 5, 5, 4]);
});

test("[R6] [R3] whenever it answers, it answers as the log would", () => {
  const { below } = seededRandom(4);
  for (let round = 0; round < 300; round += 1) {
    const firstKept = 1 + below(5);
    const head = firstKept + below(200);
    const maxEntries = 1 + below(150);
    const backlog = filled(firstKept, head, maxEntries);
    const log = Array.from({ length: head - firstKept + 1 }, (_, nth) => entry(firstKept + nth));
    for (let ask = 0; ask < 20; ask += 1) {
      const position = below(10) === 0 ? START : at(below(2 * head + 4));
      const limit = 1 + below(50);
      const index = log.findIndex(({ id }) => id === position);
      const answer = backlog.after(position, limit);
      if (answer === undefined) continue;
      expect(positionStatus(position, index !== -1, log[0])).toBe("held");
      expect(seqs(answer)).toEqual(seqs(log.slice(index + 1, index + 1 + limit)));
    }
  }
});
