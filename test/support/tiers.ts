/**
 * The tiers: which folders of tests there are, in which order they run, how many files of each at a time, and what must be there before.
 */
export interface Tier {
  /** Its folder under `test/`. */
  readonly name: string;
  /** Groups run one after another. */
  readonly group: number;
  /** How many of its files run at a time. All tiers of a group have the same number. */
  readonly workers: number;
  /** How long one test may take. */
  readonly withinMs: number;
  /** Files of this folder that run before the first of its tests and after the last. */
  readonly setup: readonly string[];
}

const alone = (name: string): Tier => ({ name, group: 0, workers: 2, withinMs: 10_000, setup: [] });

export const TIERS: readonly Tier[] = [
  alone("domain"),
  alone("log"),
  alone("wire"),
  alone("client"),
  alone("web"),
  alone("probe"),
  alone("app"),
  alone("embedded"),
  alone("architecture"),
  { name: "contract", group: 1, workers: 2, withinMs: 30_000, setup: ["redis.setup.ts"] },
  { name: "simulation", group: 2, workers: 2, withinMs: 120_000, setup: [] },
  { name: "integration", group: 3, workers: 3, withinMs: 90_000, setup: ["redis.setup.ts"] },
  // Alone on the machine, since it takes all of it.
  { name: "faults", group: 4, workers: 1, withinMs: 300_000, setup: ["redis.setup.ts"] },
  { name: "e2e", group: 5, workers: 3, withinMs: 90_000, setup: ["chromium.setup.ts", "redis.setup.ts"] },
];
