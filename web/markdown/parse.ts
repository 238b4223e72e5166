/**
 * The formatting that people type, read as CommonMark reads it, in as far as a chat has use for it: no headings, tables, pictures or rules, and
 * nothing that would be markup. Whatever is none of the marks stays text, and no character of a text is lost.
 *
 * What is nested deeper than anybody means it is not formatted at all, so a text costs little to read whatever it holds.
 */
import MarkdownIt, { type Token } from "markdown-it";
import { isWebAddress } from "../text/links.ts";
import type { Node, Span } from "./node.ts";

const DEEPEST = 16;

const NOT_FOR_A_CHAT = [
  "code",
  "entity",
  "heading",
  "hr",
  "html_block",
  "html_inline",
  "image",
  "lheading",
  "reference",
  "table",
];

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false, maxNesting: DEEPEST });
markdown.disable(NOT_FOR_A_CHAT);
markdown.validateLink = isWebAddress;
// An address stays as it was written: it is the browser that reads it, in `validateLink` as at a click.
markdown.normalizeLink = (address) => address;
markdown.normalizeLinkText = (address) => address;

const SPANS: Readonly<Record<string, Span>> = {
  blockquote_open: "quote",
  bullet_list_open: "bullets",
  em_open: "emphasis",
  list_item_open: "item",
  paragraph_open: "paragraph",
  s_open: "struck",
  strong_open: "strong",
};

/** What an opening token and what stands within it become. */
const enclosed = (open: Token, nodes: readonly Node[]): readonly Node[] => {
  if (open.type === "link_open") return [{ kind: "link", href: String(open.attrGet("href")), nodes }];
  if (open.type === "ordered_list_open") {
    return [{ kind: "numbers", start: Number(open.attrGet("start") ?? 1), nodes }];
  }
  const kind = SPANS[open.type];
  // The paragraphs of a tight list are not shown as such.
  return kind === undefined || open.hidden ? nodes : [{ kind, nodes }];
};

const leaf = (token: Token): readonly Node[] => {
  switch (token.type) {
    case "inline":
      return treeOf(token.children ?? []);
    case "softbreak":
    case "hardbreak":
      return [{ kind: "text", text: "\n" }];
    case "code_inline":
      return [{ kind: "code", text: token.content }];
    case "fence":
      return [{ kind: "codeBlock", language: token.info.trim(), text: token.content.replace(/\n$/u, "") }];
    default:
      return token.content === "" ? [] : [{ kind: "text", text: token.content }];
  }
};

const treeOf = (tokens: readonly Token[]): readonly Node[] => {
  const frames: { readonly open: Token; readonly outer: Node[] }[] = [];
  let nodes: Node[] = [];
  for (const token of tokens) {
    if (token.nesting === 1) {
      frames.push({ open: token, outer: nodes });
      nodes = [];
    } else if (token.nesting === 0) {
      nodes.push(...leaf(token));
    } else {
      const frame = frames.pop();
      if (frame === undefined) continue;
      frame.outer.push(...enclosed(frame.open, nodes));
      nodes = frame.outer;
    }
  }
  return nodes;
};

/** The library leaves out blocks that stand deeper than it may go, and sets no bound to emphasis. */
const isDeep = (tokens: readonly Token[]): boolean =>
  tokens.some(({ level, children }) => level >= DEEPEST - 1 || (children !== null && isDeep(children)));

/** The formatted text; the text as it is, where it is nested too deeply. */
export const parse = (text: string): readonly Node[] => {
  const tokens = markdown.parse(text, {});
  return isDeep(tokens) ? [{ kind: "text", text }] : treeOf(tokens);
};
