/**
 * Splits a program text into tokens by the grammar of its language. It runs in a worker, because a grammar is
 * a set of regular expressions, and for each of them some text takes long.
 */
import { common, createLowlight } from "lowlight";
import type { Kind, Token } from "./token.ts";

/**
 * How many tokens a text has at most. The rest is one token without a colour, so that no text fills the page
 * with elements.
 */
export const MOST_TOKENS = 1200;

export const LANGUAGES: readonly string[] = Object.keys(common);

const lowlight = createLowlight(common);
type Child = ReturnType<typeof lowlight.highlight>["children"][number];

/**
 * The kind by the first part of the library's class name. A class that is not here has the kind of the text
 * around it.
 */
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

/** The tokens of a text; undefined where its language is not known. */
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
