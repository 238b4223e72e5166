/**
 * The tiers of the tests (CONTRIBUTING.md says what each is for). A tier is a folder under `test/`; test/architecture/tiers.test.ts sees to it
 * that every test lies in one, so that none is left out.
 *
 * The tiers run one group after another, the quickest first, since the later ones start processes and must not be starved by the
 * earlier. Nothing is retried, nothing is skipped, and an error that nobody handled fails the run.
 */
import { defineConfig } from "vitest/config";
import { TIERS, type Tier } from "./test/support/tiers.ts";

const project = ({ name, group, workers, withinMs, setup }: Tier) => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    globalSetup: setup.map((file) => `test/support/${file}`),
    testTimeout: withinMs,
    hookTimeout: Math.max(withinMs, 30_000),
    maxWorkers: workers,
    sequence: { groupOrder: group },
  },
});

export default defineConfig({
  test: {
    pool: "forks",
    allowOnly: false,
    passWithNoTests: false,
    dangerouslyIgnoreUnhandledErrors: false,
    projects: TIERS.map(project),
  },
});
