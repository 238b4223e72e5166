/**
 * Tests of the penalty after a flood.
 */
import { expect, test } from "vitest";
import { CALM_MS, penalise, type FloodPenalty } from "../../src/domain/flood-penalty.ts";

const waitsOf = (floods: number): readonly number[] => {
  const waits: number[] = [];
  let penalty: FloodPenalty | undefined;
  let now = 0;
  for (let nth = 0; nth < floods; nth += 1) {
    penalty = penalise(penalty, now);
    waits.push(penalty.until - now);
    now = penalty.until;
  }
  return waits;
};

test("[L1] an address that floods again after each wait must wait longer each time, up to a minute", () => {
  expect(waitsOf(10)).toEqual([500, 1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
});

test("[L1] twenty connections that flood at once are one flood", () => {
  let penalty = penalise(undefined, 0);
  for (let nth = 0; nth < 20; nth += 1) penalty = penalise(penalty, nth);
  expect(penalty.until).toBe(500);
});

test("[L1] after ten minutes of calm the next flood is the first", () => {
  const penalty = { until: 0, waitMs: 60_000 };
  expect(penalise(penalty, CALM_MS - 1).waitMs).toBe(60_000);
  expect(penalise(penalty, CALM_MS).waitMs).toBe(500);
});
