/**
 * Tests that every test file is in a tier. A file outside the tiers would never run.
 */
import { globSync } from "node:fs";
import { expect, test } from "vitest";
import { TIERS } from "../support/tiers.ts";

test("every test file is in the folder of a tier", () => {
  const inTiers = globSync(TIERS.map(({ name }) => `test/${name}/**/*.test.ts`));
  expect(globSync("**/*.test.{ts,tsx,js,mjs}", { exclude: ["node_modules", "dist"] }).toSorted()).toEqual(
    inTiers.toSorted(),
  );
});
