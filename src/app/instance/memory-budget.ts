/**
 * The memory budget of an instance: the bound of the memory that clients cause, which is measured in named
 * parts.
 *
 * Always true: while all parts together exceed the budget, no new connection is admitted (L2), and open
 * connections are served. The parts are measured at most once in 100 ms, because the unsent bytes are a sum
 * over all connections.
 */
export const MEMORY_PARTS = ["connections", "requests", "backlogs", "unsent", "buckets"] as const;
export type MemoryPart = (typeof MEMORY_PARTS)[number];
export type MemoryMeter = Readonly<Record<MemoryPart, () => number>>;

const MEASURE_EVERY_MS = 100;

export class MemoryBudget {
  readonly max: number;
  readonly #meter: MemoryMeter;
  readonly #now: () => number;
  #measuredAt = Number.NEGATIVE_INFINITY;
  #used = 0;

  constructor(max: number, meter: MemoryMeter, now: () => number) {
    this.max = max;
    this.#meter = meter;
    this.#now = now;
  }

  /** The present memory of a part, in bytes. */
  of(part: MemoryPart): number {
    return this.#meter[part]();
  }

  /** The memory of all parts at the last measurement. */
  get used(): number {
    const now = this.#now();
    if (Math.abs(now - this.#measuredAt) >= MEASURE_EVERY_MS) {
      this.#measuredAt = now;
      this.#used = MEMORY_PARTS.reduce((sum, part) => sum + this.of(part), 0);
    }
    return this.#used;
  }

  get isExhausted(): boolean {
    return this.used >= this.max;
  }
}
