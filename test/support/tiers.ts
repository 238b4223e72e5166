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
  /** Whether each file has modules of its own. Otherwise the files of a worker share them, and what they hold. */
  readonly isolate: boolean;
  /** Files of this folder that run before the first of its tests and after the last. */
  readonly setup: readonly string[];
}

const FAST = { group: 0, workers: 2, withinMs: 10_000, isolate: false, setup: [] } as const;

/** Those that need neither Redis nor a process nor a browser have no setup: `npm run test:fast` runs them. */
export const TIERS: readonly Tier[] = [
  { ...FAST, name: "domain" },
  { ...FAST, name: "log" },
  { ...FAST, name: "wire" },
  { ...FAST, name: "client" },
  // The page's modules hold its state.
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
  // Alone on the machine, since it takes all of it.
  {
    name: "faults",
    group: 4,
    workers: 1,
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
