/**
 * Tests of the budget that backlogs share: the least recently used ones shrink first.
 */
import { describe, expect, test } from "vitest";
import { Backlog, type LinkedEntry } from "../../src/domain/backlog.ts";
import { ByteBudget } from "../../src/domain/byte-budget.ts";
import { START } from "../../src/domain/position.ts";
import { seededRandom } from "../support/seeded-random.ts";
import { at } from "./given.ts";

const entry = (seq: number, size: number): LinkedEntry => ({
  id: at(seq * 2),
  seq,
  previous: seq === 1 ? START : at((seq - 1) * 2),
  size,
});

const fill = (backlog: Backlog<LinkedEntry>, from: number, to: number, size: number): void => {
  for (let seq = from; seq <= to; seq += 1) backlog.push(entry(seq, size));
};

const room = (budget: ByteBudget) => new Backlog<LinkedEntry>(1_000, 1_000_000, budget);

describe("backlogs that share a budget", () => {
  test("[L4] attack 5: 100 rooms with long messages hold at most the budget", () => {
    const budget = new ByteBudget(1_000_000);
    const rooms = Array.from({ length: 100 }, () => room(budget));
    for (const backlog of rooms) fill(backlog, 1, 500, 4_000);
    expect(budget.bytes).toBeLessThanOrEqual(1_000_000);
    expect(budget.bytes).toBeGreaterThan(500_000);
  });

  test("[L4] the least recently used ones shrink first, and those that answered a resume keep their entries", () => {
    const budget = new ByteBudget(1_000);
    const [first, used, last] = [room(budget), room(budget), room(budget)];
    for (const backlog of [first, used, last]) fill(backlog, 1, 30, 10);
    used.newest(1);
    fill(last, 31, 60, 10);
    expect(used.length).toBe(30);
    expect(first.length).toBeLessThan(30);
    expect(last.length).toBe(60);
    expect(budget.bytes).toBeLessThanOrEqual(1_000);
  });

  test("[L4] [R6] a backlog that shrank does not answer for removed entries, and knows that the log has more", () => {
    const budget = new ByteBudget(100);
    const backlog = room(budget);
    fill(backlog, 1, 10, 10);
    fill(room(budget), 1, 5, 10);
    expect(backlog.after(at(2), 100)).toBeUndefined();
    expect(backlog.after(START, 100)).toBeUndefined();
    expect(backlog.isCut).toBe(true);
    expect(backlog.head.seq).toBe(10);
    const held = backlog.newest(100).map(({ seq }) => seq);
    expect(held).toEqual(Array.from(held, (_, nth) => backlog.firstSeq + nth));
  });

  test("[L4] a backlog that gave back everything continues with the next entry", () => {
    const budget = new ByteBudget(100);
    const [quiet, loud] = [room(budget), room(budget)];
    fill(quiet, 1, 5, 10);
    fill(loud, 1, 100, 10);
    expect(quiet.length).toBe(0);
    expect([quiet.firstSeq, quiet.head.seq]).toEqual([6, 5]);
    quiet.newest(1);
    quiet.push(entry(6, 10));
    expect(quiet.after(at(12), 10)).toEqual([]);
  });

  test("[L4] a backlog that is released gives back everything", () => {
    const budget = new ByteBudget(100);
    const backlog = room(budget);
    fill(backlog, 1, 5, 10);
    backlog.release();
    expect(budget.bytes).toBe(0);
  });

  test("[L4] the budget counts the bytes of all backlogs, for random operations", () => {
    const { below } = seededRandom(7);
    const budget = new ByteBudget(2_000);
    const rooms = Array.from({ length: 20 }, () => ({ backlog: room(budget), seq: 0 }));
    for (let step = 0; step < 20_000; step += 1) {
      const one = rooms[below(20)];
      if (one === undefined) continue;
      const choice = below(100);
      if (choice < 90) one.backlog.push(entry((one.seq += 1), below(60)));
      else if (choice < 97) one.backlog.newest(below(50));
      else if (choice < 99) {
        one.backlog.clear();
        one.seq = 0;
      } else one.backlog.rewrite((old) => (below(2) === 0 ? { ...old, size: 1 } : undefined));
      const held = rooms
        .flatMap(({ backlog }) => backlog.newest(1_000))
        .reduce((sum, { size }) => sum + size, 0);
      expect(budget.bytes).toBe(held);
      expect(held).toBeLessThanOrEqual(2_000);
    }
  });
});
