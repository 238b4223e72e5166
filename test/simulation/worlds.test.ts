/**
 * Worlds of instances and people under every mishap, and in each of them every rule holds. A seed in whose world one was broken becomes a test of its own:
 * `npm run simulate -- --seed N` shows the course that it takes.
 */
import { describe, expect, test } from "vitest";
import { simulate, type Outcome } from "./world.ts";

const BLOCKS = [0, 1, 2, 3, 4, 5];
const BLOCK = 50;

const traceOf = (seed: number): readonly string[] => {
  const lines: string[] = [];
  simulate(seed, (line) => lines.push(line));
  return lines;
};

describe("whatever befalls a world", () => {
  test.each(BLOCKS)(
    "[D1] [D2] [D3] [D5] [R1] [R2] [R3] [R4] [I1] [P1] [P2] [P3] [P4] [W6] every rule holds, block %i of the worlds",
    (block) => {
      const worlds: readonly Outcome[] = Array.from({ length: BLOCK }, (_, nth) =>
        simulate(block * BLOCK + nth + 1),
      );
      expect(worlds.filter(({ findings }) => findings.length > 0)).toEqual([]);
      // A world in which nothing happens keeps every rule.
      expect(worlds.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThan(20 * BLOCK);
      expect(worlds.reduce((sum, { connections }) => sum + connections, 0)).toBeGreaterThan(3 * BLOCK);
    },
  );
});

describe("what a seed has shown", () => {
  test.each([180, 417, 456])(
    "[R3] [R4] where the log was trimmed past what an instance had read, that is the reason of the reset, seed %i",
    (seed) => {
      expect(simulate(seed).findings).toEqual([]);
    },
  );
});

test("[R4] a slow reader whose position the log has lost is told so once, with everyone, seed 42161", () => {
  expect(simulate(42_161).findings).toEqual([]);
});

test.each([
  // Another's message stands where the lost one stood.
  60_718,
  // Nobody writes after it.
  60_334,
])(
  "[R4] [I1] what the log acknowledged and lost before its author saw it is stored again, once, seed %d",
  (seed) => {
    expect(simulate(seed).findings).toEqual([]);
  },
);

describe("a seed", () => {
  test("takes the same course each time, to the letter", () => {
    const trace = traceOf(7);
    expect(trace.length).toBeGreaterThan(200);
    expect(traceOf(7)).toEqual(trace);
  });

  test("takes a course of its own", () => {
    expect(traceOf(8)).not.toEqual(traceOf(7));
  });
});
