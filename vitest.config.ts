/**
 * The tiers of the tests; CONTRIBUTING.md says what each is for. A tier is a folder under `test/`. A test of
 * the architecture (tiers.test.ts) checks that every test file is in a tier, so that none is left out.
 *
 * The tiers run in groups, the fastest first: the later ones start processes, and must not compete with the
 * earlier ones for the processor. Nothing is retried, nothing is skipped, and an unhandled error fails the
 * run.
 */
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { STARTS_FIRST, TIERS, type Tier } from "./test/support/tiers.ts";

const project = ({ name, group, workers, withinMs, isolate, setup }: Tier) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: setup.map((file) => `test/support/${file}`),
    testTimeout: withinMs,
    hookTimeout: Math.max(withinMs, 30_000),
    maxWorkers: workers,
    isolate,
    sequence: { groupOrder: group },
  },
});

/** Vitest's order, but with the files that wait for most of their time before all others. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const waits = ({ moduleId }: TestSpecification): boolean =>
      STARTS_FIRST.some((path) => moduleId.endsWith(path));
    const sorted = await super.sort(files);
    return [...sorted.filter(waits), ...sorted.filter((file) => !waits(file))];
  }
}

export default defineConfig({
  test: {
    pool: "forks",
    allowOnly: false,
    passWithNoTests: false,
    dangerouslyIgnoreUnhandledErrors: false,
    sequence: { sequencer: WaitingFirst },
    projects: TIERS.map(project),
  },
});
