/**
 * Tests that every link within the documents leads to an existing file, and to an existing heading in it.
 */
import { existsSync, globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";

/** The anchors of the headings of a page, in the form that GitHub uses. */
const anchorsIn = (page: string): readonly string[] =>
  [...page.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .trim()
      .replaceAll(/\s/g, "-"),
  );

const isTargetThere = (from: string, link: string): boolean => {
  const [path = "", anchor] = link.split("#");
  const target = path === "" ? from : posix.join(posix.dirname(from), path);
  if (!existsSync(target)) return false;
  return anchor === undefined || anchorsIn(readFileSync(target, "utf8")).includes(anchor);
};

test("every link within the documents has a target", () => {
  const links = globSync(["*.md", "docs/**/*.md"]).flatMap((from) =>
    [...readFileSync(from, "utf8").matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => ({ from, link })),
  );
  const within = links.filter(({ link }) => !/^[a-z]+:/.test(link));
  expect(within.length).toBeGreaterThan(10);
  expect(within.filter(({ from, link }) => !isTargetThere(from, link))).toEqual([]);
});
