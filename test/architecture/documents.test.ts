/**
 * The form of the documents and of comments: line length, paths that exist, a glossary in alphabetical order,
 * a complete list of decisions, and hops that are functions.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { expect, test } from "vitest";

const DOCUMENTS = globSync(["*.md", "docs/**/*.md"]).map((path) => ({
  path,
  text: readFileSync(path, "utf8"),
}));

const LONGEST_LINE = 110;

/** The lines of prose, with their numbers: no code, and no row of a table, which can't be broken. */
const proseOf = (text: string): readonly { readonly line: string; readonly number: number }[] => {
  let isCode = false;
  return text.split("\n").flatMap((line, index) => {
    const isFence = line.trimStart().startsWith("```");
    if (isFence) isCode = !isCode;
    return isFence || isCode || line.startsWith("|") ? [] : [{ line, number: index + 1 }];
  });
};

test("no line of prose is longer than 110 columns", () => {
  expect(DOCUMENTS.length).toBeGreaterThan(10);
  const tooLong = DOCUMENTS.flatMap(({ path, text }) =>
    proseOf(text)
      .filter(({ line }) => line.length > LONGEST_LINE)
      .map(({ number }) => `${path}:${number}`),
  );
  expect(tooLong).toEqual([]);
});

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

test("the list of decisions names each record", () => {
  const list = readFileSync("docs/adr/README.md", "utf8");
  const records = globSync("docs/adr/[0-9]*.md").map((path) => basename(path));
  expect(records.length).toBeGreaterThan(10);
  expect(records.filter((record) => !list.includes(`(${record})`))).toEqual([]);
});

/**
 * The rows of the tables of hops: a number, files (the first with its folder), functions, and what they do.
 */
const hopsIn = (page: string): readonly { readonly file: string; readonly name: string }[] => {
  let files: readonly string[] = [];
  return [...page.matchAll(/^\| \d+ +\| ([^|]*) \| ([^|]*) \|/gm)].flatMap(
    ([, where = "", functions = ""]) => {
      const named = [...where.matchAll(/`([^`]+)`/g)].map(([, file = ""]) => file);
      const folder = dirname(named[0] ?? "");
      // "the same" is the file of the row above.
      if (named.length > 0) files = named.map((file) => (file.includes("/") ? file : join(folder, file)));
      const names = [...functions.matchAll(/`(?:\w+\.)?([#\w]+)`/g)].map(([, name = ""]) => name);
      return files.flatMap((file) => names.map((name) => ({ file, name })));
    },
  );
};

test("every hop names a function of its file", () => {
  const hops = hopsIn(readFileSync("docs/architecture.md", "utf8"));
  expect(hops.length).toBeGreaterThan(20);
  expect(hops.filter(({ file, name }) => !readFileSync(file, "utf8").includes(name))).toEqual([]);
});

test("no comment of the code is longer than 110 columns", () => {
  const files = globSync("{bench,scripts,src,test,web}/**/*.{ts,tsx,css}");
  expect(files.length).toBeGreaterThan(300);
  const tooLong = files.flatMap((path) =>
    readFileSync(path, "utf8")
      .split("\n")
      .flatMap((line, index) =>
        line.length > LONGEST_LINE && /^\s*(\*|\/\/|\/\*)/.test(line) ? [`${path}:${index + 1}`] : [],
      ),
  );
  expect(tooLong).toEqual([]);
});
