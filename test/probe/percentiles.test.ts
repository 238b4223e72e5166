/**
 * Tests of the percentiles: they are accurate to two percent for all inputs.
 */
import { array, assert, double, property } from "fast-check";
import { describe, expect, it } from "vitest";
import { Percentiles } from "../../src/probe/percentiles.ts";

const of = (...durations: readonly number[]): Percentiles => {
  const percentiles = new Percentiles();
  for (const ms of durations) percentiles.record(ms);
  return percentiles;
};

describe("percentiles", () => {
  it("are within two percent of the true ones, and never above the largest", () => {
    const durations = array(double({ min: 0.1, max: 1e6, noNaN: true }), { minLength: 1 });
    const shares = double({ min: 0.01, max: 1, noNaN: true });
    assert(
      property(durations, shares, (all, share) => {
        const sorted = all.toSorted((a, b) => a - b);
        const truth = sorted[Math.ceil(all.length * share) - 1] ?? 0;
        const found = of(...all).at(share);
        expect(found).toBeGreaterThanOrEqual(truth * 0.999_999);
        expect(found).toBeLessThanOrEqual(Math.min(truth * 1.02 * 1.000_001, Math.max(...all)));
      }),
    );
  });

  it("are 0 if nothing was recorded", () => {
    expect(of().summary()).toEqual({ count: 0, p50: 0, p95: 0, p99: 0, max: 0 });
  });

  it("are rounded to whole milliseconds, except for short durations", () => {
    const summary = of(1.234, 1.234, 1.234, 777.7).summary();
    expect(summary).toMatchObject({ count: 4, max: 778 });
    expect(summary.p50).toBeCloseTo(1.2, 1);
  });
});
