/**
 * The documents name paths that exist, and the glossary is in alphabetical order.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

const DOCUMENTS = globSync(["*.md", "docs/**/*.md"]).map((path) => ({
  path,
  text: readFileSync(path, "utf8"),
}));

test("every path of this project that a document names exists", () => {
  const named = DOCUMENTS.flatMap(({ path, text }) =>
    [...text.matchAll(/`((?:bench|deploy|docs|scripts|src|test|web)\/[\w./-]+)`/g)].map(
      ([, target = ""]) => ({
        path,
        target,
      }),
    ),
  );
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter(({ target }) => !existsSync(target))).toEqual([]);
});

test("the glossary has each term once, in alphabetical order", () => {
  const glossary = readFileSync("docs/glossary.md", "utf8");
  const terms = [...glossary.matchAll(/^\| ([^|]*[^| -]) +\|/gm)].map(([, term = ""]) => term).slice(1);
  expect(terms.length).toBeGreaterThan(50);
  expect(terms).toEqual([...new Set(terms)].toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)));
});
