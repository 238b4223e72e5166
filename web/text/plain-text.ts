/**
 * A message as one line of words without formatting marks, for quotes, notifications and screen readers. None
 * of these loads the parser: without it, the line has the text as it was written.
 */
import { absurd } from "../../src/domain/decision.ts";
import { headOf } from "./clusters.ts";
import type { Node } from "../markdown/node.ts";
import { mayBeFormatted, type Parse } from "../markdown/parser.ts";

/** How many characters of a message the line has at most. */
const MOST = 300;

/** A block is separated from the text around it. */
const apart = (words: string): string => ` ${words} `;

const within = (nodes: readonly Node[]): string => nodes.map(wordsOf).join("");

const numbered = (nodes: readonly Node[], start: number): string =>
  nodes.map((node, index) => apart(`${start + index}.${wordsOf(node)}`)).join("");

const wordsOf = (node: Node): string => {
  switch (node.kind) {
    case "text":
    case "code":
      return node.text;
    case "codeBlock":
      return apart(node.text);
    case "link":
    case "strong":
    case "emphasis":
    case "struck":
      return within(node.nodes);
    case "paragraph":
    case "quote":
    case "bullets":
    case "item":
      return apart(within(node.nodes));
    case "numbers":
      return numbered(node.nodes, node.start);
    default:
      return absurd(node);
  }
};

/** No-break spaces stay, because they hold a name together. */
const onOneLine = (text: string): string => text.replaceAll(/[^\S\u00A0]+/gu, " ").trim();

const beginningOf = (text: string): string => (text.length <= MOST ? text : `${headOf(text, MOST)}…`);

export const plainLine = (text: string, parse: Parse | undefined): string => {
  const beginning = beginningOf(text);
  return onOneLine(parse !== undefined && mayBeFormatted(beginning) ? within(parse(beginning)) : beginning);
};
