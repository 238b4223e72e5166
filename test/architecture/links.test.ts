/**
 * What the documentation links to within the project is there: the file, and in a Markdown file the heading.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";

/** The anchors of a page's headings, as GitHub makes them. */
const anchorsIn = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );

const leadsSomewhere = (from: string, link: string): boolean => {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : posix.join(posix.dirname(from), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsIn(readFileSync(target, "utf8")).includes(anchor);
};

test("no link within the documentation leads nowhere", () => {
  const links = globSync(["*.md", "docs/**/*.md"]).flatMap((from) =>
    [...readFileSync(from, "utf8").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => ({ from, link })),
  );
  const within = links.filter(({ link }) => !/^[a-z]+:/.test(link));
  expect(within.length).toBeGreaterThan(10);
  expect(within.filter(({ from, link }) => !leadsSomewhere(from, link))).toEqual([]);
});
