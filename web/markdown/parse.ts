/**
 * Parses the formatting that people type, by the rules of CommonMark, as far as a chat needs it: no headings,
 * tables, pictures, rules or HTML. Everything else stays text, and no letter of a text is lost.
 *
 * A text that is nested too deeply is not formatted at all, so the cost of a text is bounded.
 */
import MarkdownIt, { type Token } from "markdown-it";
import { isWebAddress } from "../text/links.ts";
import type { Node, Span } from "./node.ts";

const DEEPEST = 16;

const DISABLED_RULES = [
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
markdown.disable(DISABLED_RULES);
markdown.validateLink = isWebAddress;
// An address stays as it was written. The browser parses it, in `validateLink` and at a click.
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

/** The nodes of an opening token with its content. */
const enclosed = (open: Token, nodes: readonly Node[]): readonly Node[] => {
  if (open.type === "link_open") return [{ kind: "link", href: String(open.attrGet("href")), nodes }];
  if (open.type === "ordered_list_open") {
    return [{ kind: "numbers", start: Number(open.attrGet("start") ?? 1), nodes }];
  }
  const kind = SPANS[open.type];
  // The paragraphs of a tight list are hidden: only their content is shown.
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

/** The library drops blocks that are nested too deeply, and has no bound for emphasis. */
const isDeep = (tokens: readonly Token[]): boolean =>
  tokens.some(({ level, children }) => level >= DEEPEST - 1 || (children !== null && isDeep(children)));

/** The formatted text, or the text as it is if it is nested too deeply. */
export const parse = (text: string): readonly Node[] => {
  const tokens = markdown.parse(text, {});
  return isDeep(tokens) ? [{ kind: "text", text }] : treeOf(tokens);
};
