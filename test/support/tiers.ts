/**
 * The tiers of the tests: their folders, their order, how many of their files run at the same time, and what
 * they need.
 */
export interface Tier {
  /** The folder under `test/`. */
  readonly name: string;
  /** Groups run one after another. */
  readonly group: number;
  /** How many files run at the same time. All tiers of a group have the same number. */
  readonly workers: number;
  /** How long one test may take. */
  readonly withinMs: number;
  /**
   * Whether each file has modules of its own. Otherwise the files of a worker share them, and their state.
   */
  readonly isolate: boolean;
  /** Files of this folder that run before the first test and after the last. */
  readonly setup: readonly string[];
}

/** Files that wait for most of their time. They start first, and the others of their tier run meanwhile. */
export const STARTS_FIRST: readonly string[] = [
  "integration/presence-of-many.test.ts",
  "integration/typed-client.test.ts",
  "integration/going-away.test.ts",
  "faults/platform.test.ts",
];

const FAST = { group: 0, workers: 2, withinMs: 10_000, isolate: false, setup: [] } as const;

/** Tiers without a setup need no Redis, process or browser: `npm run test:fast` runs them. */
export const TIERS: readonly Tier[] = [
  { ...FAST, name: "domain" },
  { ...FAST, name: "log" },
  { ...FAST, name: "wire" },
  { ...FAST, name: "client" },
  // The modules of the page hold its state.
  { ...FAST, name: "web", isolate: true },
  { ...FAST, name: "probe" },
  { ...FAST, name: "app" },
  { ...FAST, name: "embedded" },
  { ...FAST, name: "fuzz" },
  { ...FAST, name: "architecture" },
  { ...FAST, name: "simulation", group: 1, withinMs: 120_000 },
  { ...FAST, name: "contract", group: 2, withinMs: 30_000, setup: ["redis.setup.ts"] },
  {
    name: "integration",
    group: 3,
    workers: 3,
    withinMs: 90_000,
    isolate: false,
    setup: ["instance.setup.ts", "redis.setup.ts"],
  },
  {
    name: "faults",
    group: 4,
    // `npm run faults` measures, so each of its tests has the machine for itself.
    workers: process.env["FAULT_SECONDS"] === undefined ? 2 : 1,
    withinMs: 300_000,
    isolate: false,
    setup: ["instance.setup.ts", "redis.setup.ts"],
  },
  {
    name: "e2e",
    group: 5,
    workers: 3,
    withinMs: 90_000,
    isolate: false,
    setup: ["chromium.setup.ts", "instance.setup.ts", "redis.setup.ts"],
  },
];
