/**
 * The backlog: a hole-free stretch of the log up to its head, which answers as the log itself would, or not at all.
 */
import { describe, expect, test } from "vitest";
import { Backlog, type Linked } from "../../src/domain/backlog.ts";
import { EMPTY_HEAD, START } from "../../src/domain/position.ts";
import { positionStatus } from "../../src/domain/resume.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { at } from "./given.ts";

const entry = (seq: number, size = 1): Linked => ({
  id: at(seq * 2),
  seq,
  previous: seq === 1 ? START : at((seq - 1) * 2),
  size,
});

const filled = (from: number, to: number, most = 1000, mostBytes = 1_000_000): Backlog<Linked> => {
  const backlog = new Backlog<Linked>(most, mostBytes);
  for (let seq = from; seq <= to; seq += 1) backlog.push(entry(seq));
  return backlog;
};

const seqs = (entries: readonly Linked[] | undefined): readonly number[] | undefined =>
  entries?.map(({ seq }) => seq);

describe("what it serves", () => {
  test("[R6] what follows a position that it holds, and at most the limit", () => {
    const backlog = filled(5, 9);
    expect(seqs(backlog.after(entry(5).id, 100))).toEqual([6, 7, 8, 9]);
    expect(seqs(backlog.after(entry(5).id, 2))).toEqual([6, 7]);
    expect(seqs(backlog.after(entry(9).id, 100))).toEqual([]);
  });

  test("[R6] everything from the start, where it has the room's first entry", () => {
    expect(seqs(filled(1, 3).after(START, 100))).toEqual([1, 2, 3]);
    expect(filled(2, 3).after(START, 100)).toBeUndefined();
  });

  test("[R3] nothing after a position that it can't prove: older, between two entries, ahead, or of an empty room", () => {
    const backlog = filled(5, 9);
    expect(backlog.after(entry(4).id, 100)).toBeUndefined();
    expect(backlog.after(at(13), 100)).toBeUndefined();
    expect(backlog.after(entry(10).id, 100)).toBeUndefined();
    expect(new Backlog<Linked>(10, 10).after(START, 100)).toBeUndefined();
  });

  test("[R1] the newest, in order", () => {
    expect(seqs(filled(5, 9).newest(2))).toEqual([8, 9]);
    expect(seqs(filled(5, 9).newest(0))).toEqual([]);
    expect(seqs(filled(5, 9).newest(500))).toEqual([5, 6, 7, 8, 9]);
  });

  test("[R6] the entry at a position, and no other", () => {
    expect(filled(5, 9).at(entry(7).id)?.seq).toBe(7);
    expect(filled(5, 9).at(at(13))).toBeUndefined();
    expect(filled(5, 9).at(at(99))).toBeUndefined();
    expect(filled(5, 9, 2).at(entry(7).id)).toBeUndefined();
  });
});

describe("what bounds it", () => {
  test("[R6] a number of entries, the oldest of which go", () => {
    const backlog = filled(1, 500, 10);
    expect(backlog.length).toBe(10);
    expect(backlog.oldest?.seq).toBe(491);
    expect(backlog.head.seq).toBe(500);
  });

  test("[R6] their size, but for the last one alone", () => {
    const backlog = new Backlog<Linked>(100, 10);
    for (let seq = 1; seq <= 5; seq += 1) backlog.push(entry(seq, 4));
    expect(seqs(backlog.newest(100))).toEqual([4, 5]);
    backlog.push(entry(6, 50));
    expect(seqs(backlog.newest(100))).toEqual([6]);
    backlog.push(entry(7, 4));
    expect(seqs(backlog.newest(100))).toEqual([7]);
  });

  test("[R6] none at all: it still knows where the room stands", () => {
    const backlog = filled(1, 300, 0);
    expect(backlog.length).toBe(0);
    expect(backlog.head.seq).toBe(300);
    expect(backlog.after(entry(299).id, 10)).toBeUndefined();
  });
});

test("[R4] once cleared, it stands at the beginning", () => {
  const backlog = filled(1, 300, 10);
  backlog.clear();
  expect(backlog.head).toEqual(EMPTY_HEAD);
  expect(backlog.newest(10)).toEqual([]);
  backlog.push(entry(1));
  expect(seqs(backlog.after(START, 10))).toEqual([1]);
});

test("[D6] an entry's other version takes its place, and its size counts from then on", () => {
  const backlog = new Backlog<Linked>(100, 20);
  for (let seq = 1; seq <= 4; seq += 1) backlog.push(entry(seq, 5));
  backlog.rewrite((one) => (one.seq === 2 ? { ...one, size: 1 } : undefined));
  backlog.push(entry(5, 4));
  expect(backlog.newest(100).map(({ size }) => size)).toEqual([5, 1, 5, 5, 4]);
});

test("[R6] [R3] it answers as the log would, wherever it answers", () => {
  const { below } = seededRandom(4);
  for (let round = 0; round < 300; round += 1) {
    const firstKept = 1 + below(5);
    const head = firstKept + below(200);
    const most = 1 + below(150);
    const backlog = filled(firstKept, head, most);
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
