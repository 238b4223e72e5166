/**
 * Skeletons of names (UTS 39, section 4), by the table that the page loads, and that this table is what
 * scripts/confusables.ts makes of its data.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { moduleOf, pairsIn } from "../../scripts/confusables.ts";
import { PROTOTYPES, STEPS } from "../../web/text/prototypes-table.ts";
import { NO_PROTOTYPES, readPrototypes, skeletonOf } from "../../web/text/skeleton.ts";

const prototypes = readPrototypes(STEPS, PROTOTYPES);
const areAlike = (one: string, other: string): boolean =>
  skeletonOf(one, prototypes) === skeletonOf(other, prototypes);

const fileOf = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), "utf8");

describe("the table of confusable characters", () => {
  const pairs = pairsIn(readFileSync(fileURLToPath(import.meta.resolve("unhomoglyph/data.json")), "utf8"));

  test("is what the script makes of the data", () => {
    expect(fileOf("web/text/prototypes-table.ts")).toBe(moduleOf(pairs));
  });

  test("has each character with its prototype", () => {
    expect([...prototypes]).toEqual(pairs);
    expect(prototypes.size).toBeGreaterThan(5000);
  });

  test("is at most 12 KB for a browser", () => {
    expect(gzipSync(`${STEPS}${PROTOTYPES}`, { level: 9 }).length).toBeLessThan(12_000);
  });
});

describe("names that look alike", () => {
  test.each([
    ["Ada", "Ada"],
    ["Zoe\u0308", "Zoë"],
    ["ВОВ", "BOB"],
    ["АННА", "AHHA"],
    ["расе", "pace"],
    ["ΑΝΝΑ", "ANNA"],
    ["Tim", "Tirn"],
    ["Bill", "BiII"],
    ["Bob1", "Bobl"],
    ["0livia", "Olivia"],
    ["𝔸da", "Ada"],
    ["Ａda", "Ada"],
    ["O'Brien", "O’Brien"],
    ["Ada Lovelace", "Ada  Lovelace"],
    ["Ada\u00a0Lovelace", "Ada Lovelace"],
    ["Jean-Luc", "Jean‐Luc"],
    ["❤️", "❤"],
    ["😀\u200d😀", "😀😀"],
    ["力", "カ"],
  ])("[V2] %s and %s have one skeleton", (one, other) => {
    expect(areAlike(one, other)).toBe(true);
  });

  test.each([
    ["Ada", "Ade"],
    ["Ada", "ada"],
    ["Zoe", "Zoë"],
    ["Jean Luc", "JeanLuc"],
    ["王小明", "王小朋"],
    ["🦊", "🐺"],
    ["👩", "👨"],
    ["👍🏽", "👍"],
  ])("[V2] %s and %s have two", (one, other) => {
    expect(areAlike(one, other)).toBe(false);
  });

  test("[V2] without the table, the same names are alike, with their ignorable characters or without", () => {
    expect(skeletonOf("❤️", NO_PROTOTYPES)).toBe(skeletonOf("❤", NO_PROTOTYPES));
    expect(skeletonOf("Zoe\u0308", NO_PROTOTYPES)).toBe(skeletonOf("Zoë", NO_PROTOTYPES));
    expect(skeletonOf("ВОВ", NO_PROTOTYPES)).not.toBe(skeletonOf("BOB", NO_PROTOTYPES));
  });
});
