/**
 * Texts with formatting marks are formatted. HTML, scripts and hostile texts are shown as plain text.
 */
import { array, assert, constantFrom, oneof, property } from "fast-check";
import { describe, expect, test } from "vitest";
import type { Node } from "../../web/markdown/node.ts";
import { parse } from "../../web/markdown/parse.ts";
import { eventually } from "./support/eventually.ts";
import { PageFixture } from "./support/fixture.ts";

const fixture = new PageFixture();

const LONGEST = 4000;

const textOf = (nodes: readonly Node[]): string =>
  nodes
    .map((node) => {
      if (node.kind === "codeBlock") return node.language + node.text;
      return "text" in node ? node.text : textOf(node.nodes);
    })
    .join("");

const depthOf = (nodes: readonly Node[]): number =>
  Math.max(0, ...nodes.map((node) => ("nodes" in node ? 1 + depthOf(node.nodes) : 1)));

const hrefsIn = (nodes: readonly Node[]): readonly string[] =>
  nodes.flatMap((node) => [
    ...(node.kind === "link" ? [node.href] : []),
    ...("nodes" in node ? hrefsIn(node.nodes) : []),
  ]);

const lettersOf = (text: string): string => text.replace(/[^\p{L}]/gu, "");

/** Texts of many marks and few letters. No letter may get lost. */
const marked = array(
  oneof(
    constantFrom(..."*_`~[]()>-+\\<!#|: \n", "**", "```\n", "> ", "- ", "1. ", "  ", "\t"),
    constantFrom("a", "ß", "字", "é"),
  ),
  { maxLength: 120, size: "max" },
).map((parts) => parts.join(""));

describe("the formatting of a text", () => {
  test("[V3] loses no letter, and does not nest deeply", () => {
    assert(
      property(marked, (text) => {
        const nodes = parse(text);
        expect(lettersOf(textOf(nodes))).toBe(lettersOf(text));
        expect(depthOf(nodes)).toBeLessThan(40);
      }),
      { numRuns: 300 },
    );
  });

  test.for([
    ["quotes", ">"],
    ["quotes apart", "> "],
    ["lists", "- "],
    ["lists in quotes", "> - "],
    ["numbers", "1. "],
    ["emphasis", "*"],
    ["brackets", "["],
    ["emphasis that ends", "*", "*"],
    ["links in links", "[", "](https://example.com)"],
  ] as const)("[V3] %s nested thousands of levels deep stay plain text", ([, mark, after = ""]) => {
    const times = LONGEST / (mark.length + after.length) - 1;
    const text = `${mark.repeat(times)}end${after.repeat(times)}`;
    const nodes = parse(text);
    expect(textOf(nodes)).toContain("end");
    expect(depthOf(nodes)).toBeLessThan(40);
  });

  test.for([
    "[click](javascript:alert(1))",
    "![picture](javascript:alert(1))",
    "[click](JaVaScRiPt:alert(1))",
    "[click](data:text/html,<script>alert(1)</script>)",
    "<javascript:alert(1)>",
    "[click](//example.com)",
    "[click](java\tscript:alert(1))",
    "[click](&#106;avascript:alert(1))",
    "[a]: javascript:alert(1)\n\n[a]",
  ])("[V3] %j is no link", (text) => {
    expect(hrefsIn(parse(text))).toEqual([]);
  });
});

describe("a formatted message", () => {
  test("[D2] [V3] is formatted for its author and its readers", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("formatted");
    await bob.enters("formatted");
    await ada.says(
      [
        "**firm** and *soft* and `code` with <b>no markup</b>",
        "> quoted",
        "",
        "- one\n- two",
        "",
        "3. three",
        "",
        "[the site](https://example.com/a) ~~not~~",
        "```\n<i>block</i>\n```",
      ].join("\n"),
    );
    const message = bob.message("firm");
    await message.locator("strong").getByText("firm").waitFor();
    await message.locator("em").getByText("soft").waitFor();
    await message.getByRole("code").getByText("code", { exact: true }).waitFor();
    await message.getByRole("blockquote").getByText("quoted").waitFor();
    await eventually(() => message.getByRole("listitem").allTextContents()).toEqual(["one", "two", "three"]);
    expect(await message.locator("ol").getAttribute("start")).toBe("3");
    expect(await message.locator("pre").textContent()).toBe("<i>block</i>");
    expect(await message.locator("b, i").count()).toBe(0);
    const link = message.getByRole("link", { name: "the site" });
    expect(await link.getAttribute("href")).toBe("https://example.com/a");
    expect(await link.getAttribute("rel")).toBe("noopener noreferrer");
    expect([...ada.faults, ...bob.faults]).toEqual([]);
  });

  test("[V3] loads the parser only for a text with a mark", async () => {
    const ada = await fixture.person("Ada");
    const asked: string[] = [];
    ada.page.on("request", (request) => asked.push(new URL(request.url()).pathname));
    await ada.enters("plain");
    await ada.says("plain words, and https://example.com/");
    await eventually(() => ada.sees()).toHaveLength(1);
    const scripts = (): readonly string[] => asked.filter((path) => path.endsWith(".js"));
    expect(scripts()).toHaveLength(1);
    await ada.says("*marked* words");
    await ada.log.locator("em").waitFor();
    expect(scripts()).toHaveLength(2);
  });
});
