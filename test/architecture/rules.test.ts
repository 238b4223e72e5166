/**
 * Tests that every rule of SPEC.md has a test whose title begins with its id, or is on the list of rules that
 * are not built yet, with a reason.
 */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { faultsIn, notBuiltIn, rulesOf } from "./rules.ts";
import { rulesIn, titlesOf } from "./titles.ts";

const read = (path: string): string => readFileSync(path, "utf8");

test("every rule has a test, or a reason why it has none yet", () => {
  // Contract suites count too, although their files are not test files. The examples in this folder do not
  // count.
  const titles = globSync("test/**/*.ts", { exclude: ["test/architecture/**"] }).flatMap((path) =>
    titlesOf(path, read(path)),
  );
  const rules = {
    written: rulesOf(read("SPEC.md")),
    tested: new Set(titles.flatMap(rulesIn)),
    notBuilt: notBuiltIn(read("test/architecture/rules-not-built.txt")),
  };
  expect(rules.written.size).toBeGreaterThan(40);
  expect(faultsIn(rules)).toEqual([]);
});

describe("a fault in the rules is found", () => {
  const rules = { written: new Set(["D1", "D2"]), tested: new Set(["D1"]), notBuilt: notBuiltIn("D2 next") };

  test("none, if everything is right", () => {
    expect(faultsIn(rules)).toEqual([]);
  });

  test.each([
    ["a rule without a test", { ...rules, notBuilt: notBuiltIn("# D2 next") }],
    ["a test of a rule that does not exist", { ...rules, tested: new Set(["D1", "D9"]) }],
    ["a listed rule that does not exist", { ...rules, notBuilt: notBuiltIn("D2 next\nD9 some day") }],
    ["a listed rule that has a test", { ...rules, notBuilt: notBuiltIn("D1 next\nD2 next") }],
    ["a listed rule without a reason", { ...rules, notBuilt: notBuiltIn("D2") }],
  ])("%s", (_, broken) => {
    expect(faultsIn(broken)).toHaveLength(1);
  });
});

test("titles are read from every form of a test, and ids only from the beginning of a title", () => {
  const source = `
    test("[D1] plain", () => {});
    it.effect("[D2] [R5] of a member", () => {});
    test.each([1])("[D3] of a table %s", () => {});
    test(\`[D4] of a template \${x}\`, () => {});
    describe("[D5] a group alone shows nothing", () => {});
    // test("[D6] a comment", () => {});
    test("it says [D7] too late", () => {});
    const text = 'test("[R1] a string")';`;
  expect(titlesOf("a.test.ts", source).flatMap(rulesIn)).toEqual(["D1", "D2", "R5", "D3", "D4"]);
});
