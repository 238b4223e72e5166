/**
 * Tests that every test file is in a tier: a file outside the tiers would never run. And that
 * `npm run test:fast` runs all tiers but those that need a setup.
 */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { TIERS } from "../support/tiers.ts";

test("every test file is in the folder of a tier", () => {
  const inTiers = globSync(TIERS.map(({ name }) => `test/${name}/**/*.test.ts`));
  expect(globSync("**/*.test.{ts,tsx,js,mjs}", { exclude: ["node_modules", "dist"] }).toSorted()).toEqual(
    inTiers.toSorted(),
  );
});

test("the fast tests are those that need no setup", () => {
  const { scripts } = JSON.parse(readFileSync("package.json", "utf8"));
  const leftOut = [...String(scripts["test:fast"]).matchAll(/--project '!(\w+)'/g)].map(([, name]) => name);
  const withSetup = TIERS.filter(({ setup }) => setup.length > 0).map(({ name }) => name);
  expect(leftOut.toSorted()).toEqual(withSetup.toSorted());
});
