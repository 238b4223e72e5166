/**
 * Computes percentiles of any number of durations in little memory. Durations are counted in steps of two
 * percent, so a percentile is accurate to two percent. The maximum is exact.
 */
const STEP = Math.log(1.02);
/** Shorter durations count as this one. */
const MIN_MS = 0.1;

export interface Summary {
  readonly count: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

const rounded = (ms: number): number => (ms < 10 ? Math.round(ms * 10) / 10 : Math.round(ms));

export class Percentiles {
  readonly #steps: number[] = [];
  #count = 0;
  #max = 0;

  record(ms: number): void {
    const step = Math.ceil(Math.log(Math.max(MIN_MS, ms) / MIN_MS) / STEP);
    this.#steps[step] = (this.#steps[step] ?? 0) + 1;
    this.#count += 1;
    this.#max = Math.max(this.#max, ms);
  }

  /** The duration that a share of all, in (0, 1], does not exceed. 0 if there are none. */
  at(share: number): number {
    const rank = Math.ceil(this.#count * share);
    let passed = 0;
    for (const [step, count = 0] of this.#steps.entries()) {
      passed += count;
      if (count > 0 && passed >= rank) return Math.min(this.#max, MIN_MS * Math.exp(step * STEP));
    }
    return 0;
  }

  /** In milliseconds, rounded for display. */
  summary(): Summary {
    return {
      count: this.#count,
      p50: rounded(this.at(0.5)),
      p95: rounded(this.at(0.95)),
      p99: rounded(this.at(0.99)),
      max: rounded(this.#max),
    };
  }
}
