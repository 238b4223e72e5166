/**
 * Tests of when connections are asked to move, and when the old connection is closed.
 */
import { expect, test } from "vitest";
import { rotation, rotationAge, spread } from "../../src/domain/going-away.ts";

const TIMEOUT_MS = 3_600_000;
const STEP_MS = 1_000;

test("[G1] a connection is rotated at a random age between 80 % and 95 % of the timeout", () => {
  expect(rotationAge(TIMEOUT_MS, 0, 0)).toBeCloseTo(0.8 * TIMEOUT_MS);
  expect(rotationAge(TIMEOUT_MS, 0, 0.5)).toBeCloseTo(0.875 * TIMEOUT_MS);
  expect(rotationAge(TIMEOUT_MS, 0, 0.999_999)).toBeLessThan(0.95 * TIMEOUT_MS);
});

test("[G1] the age leaves time for a step of the clock that is a step late", () => {
  const step = 500;
  for (const timeout of [20_000, 60_000, TIMEOUT_MS]) {
    expect(rotationAge(timeout, step, 0)).toBe(0.8 * timeout);
    expect(rotationAge(timeout, step, 0.999_999) + 2 * step).toBeLessThanOrEqual(0.95 * timeout);
  }
  expect(rotationAge(1_000, step, 0.999_999)).toBe(800);
});

test("[G1] [G4] a rotated connection moves at once, and its deadline is before the timeout", () => {
  for (const random of [0, 0.3, 0.999_999]) {
    const age = rotationAge(TIMEOUT_MS, STEP_MS, random);
    const { reason, afterMs, deadlineMs } = rotation(TIMEOUT_MS, age, STEP_MS);
    expect(reason).toBe("rotation");
    expect(afterMs).toBeLessThanOrEqual(deadlineMs);
    expect(age + deadlineMs + STEP_MS).toBeLessThan(TIMEOUT_MS);
    expect(Number.isInteger(deadlineMs)).toBe(true);
  }
  expect(rotation(TIMEOUT_MS, TIMEOUT_MS + 1, STEP_MS)).toEqual({
    reason: "rotation",
    afterMs: 0,
    deadlineMs: 0,
  });
});

test("[G2] [G3] [G4] connections are spread evenly over the window, each with the same time to move", () => {
  const window = 120_000;
  const all = Array.from({ length: 1000 }, (_, nth) => spread("upgrade", nth, 1000, window, 5_000));
  expect(all.map(({ afterMs }) => afterMs)).toEqual(Array.from({ length: 1000 }, (_, nth) => nth * 120));
  expect(all.every(({ afterMs, deadlineMs }) => deadlineMs === afterMs + 5_000)).toBe(true);
});

test("[G4] with one connection or none to spread, it moves at once", () => {
  expect(spread("shutdown", 0, 1, 2_000, 1_000)).toEqual({
    reason: "shutdown",
    afterMs: 0,
    deadlineMs: 1_000,
  });
  expect(spread("shutdown", 0, 0, 2_000, 1_000)).toEqual({
    reason: "shutdown",
    afterMs: 0,
    deadlineMs: 1_000,
  });
});
