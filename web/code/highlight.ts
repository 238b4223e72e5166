/**
 * Program text read as its language reads it. It runs in a worker: a grammar is a pile of regular expressions, and there is always a text that takes
 * one of them long.
 */
import { common, createLowlight } from "lowlight";
import type { Kind, Token } from "./token.ts";

/** How many tokens a text has at most: what comes after them is one without colour, so that no text is a page of elements. */
export const MOST_TOKENS = 1200;

export const LANGUAGES: readonly string[] = Object.keys(common);

const lowlight = createLowlight(common);
type Child = ReturnType<typeof lowlight.highlight>["children"][number];

/** By the first part of the library's name for what it found; for all others the text around them decides. */
const KINDS: Readonly<Record<string, Kind>> = {
  addition: "added",
  attr: "type",
  attribute: "type",
  built_in: "type",
  bullet: "keyword",
  char: "number",
  code: "string",
  comment: "comment",
  deletion: "removed",
  doctag: "keyword",
  keyword: "keyword",
  link: "string",
  literal: "number",
  meta: "meta",
  name: "name",
  number: "number",
  property: "type",
  quote: "comment",
  regexp: "string",
  section: "name",
  string: "string",
  symbol: "number",
  title: "name",
  type: "type",
  variable: "type",
};
const SELECTOR = "selector-";

const kindOf = (child: Child): Kind | undefined => {
  const names = child.type === "element" ? child.properties["className"] : undefined;
  const [name] = Array.isArray(names) ? names : [];
  const bare = String(name).replace(/^hljs-/u, "");
  return bare.startsWith(SELECTOR) ? "name" : KINDS[bare];
};

/** The tokens of a text; undefined where its language is not known here. */
export const tokensOf = (language: string, text: string): readonly Token[] | undefined => {
  if (!lowlight.registered(language)) return undefined;
  const tokens: Token[] = [];
  let length = 0;
  const add = (child: Child, around: Kind | undefined): void => {
    const kind = kindOf(child) ?? around;
    if ("children" in child) for (const inner of child.children) add(inner, kind);
    if (child.type !== "text" || child.value === "" || tokens.length >= MOST_TOKENS) return;
    length += child.value.length;
    const last = tokens.at(-1);
    if (last !== undefined && last.kind === kind)
      tokens.splice(-1, 1, { text: last.text + child.value, kind });
    else tokens.push({ text: child.value, kind });
  };
  for (const child of lowlight.highlight(language, text).children) add(child, undefined);
  return length < text.length ? [...tokens, { text: text.slice(length), kind: undefined }] : tokens;
};
