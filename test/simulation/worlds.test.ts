/**
 * Tests of simulated worlds: under all mishaps every rule holds. A seed that once broke a rule becomes a test
 * of its own. `npm run simulate -- --seed N` shows the trace of its world.
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

describe("a world with any mishaps", () => {
  test.each(BLOCKS)(
    "[D1] [D2] [D3] [D5] [R1] [R2] [R3] [R4] [I1] [P1] [P2] [P3] [P4] [W6] every rule holds, block %i of the worlds",
    (block) => {
      const worlds: readonly Outcome[] = Array.from({ length: BLOCK }, (_, nth) =>
        simulate(block * BLOCK + nth + 1),
      );
      expect(worlds.filter(({ findings }) => findings.length > 0)).toEqual([]);
      // A world in which nothing happens would keep every rule.
      expect(worlds.reduce((sum, { events }) => sum + events, 0)).toBeGreaterThan(20 * BLOCK);
      expect(worlds.reduce((sum, { connections }) => sum + connections, 0)).toBeGreaterThan(3 * BLOCK);
    },
  );
});

describe("a seed that once broke a rule", () => {
  test.each([180, 417, 456])(
    "[R3] [R4] if the log was trimmed past an instance's position, the reset has the reason trimmed, seed %i",
    (seed) => {
      expect(simulate(seed).findings).toEqual([]);
    },
  );
});

test("[R4] a slow reader whose position the log has lost gets one reset, like all others, seed 42161", () => {
  expect(simulate(42_161).findings).toEqual([]);
});

test.each([
  // Another user's message has the seq of the lost one.
  60_718,
  // No message follows the lost one.
  60_334,
])(
  "[R4] [I1] a message that the log acknowledged and lost before its author saw it is stored again once, seed %d",
  (seed) => {
    expect(simulate(seed).findings).toEqual([]);
  },
);

describe("a seed", () => {
  test("gives exactly the same trace each time", () => {
    const trace = traceOf(7);
    expect(trace.length).toBeGreaterThan(200);
    expect(traceOf(7)).toEqual(trace);
  });

  test("gives another trace than another seed", () => {
    expect(traceOf(8)).not.toEqual(traceOf(7));
  });
});
