/**
 * Finds the titles of the tests in a file, and the rules at their beginning: `[D2] [R5] the rest of the
 * title`.
 */
import { findIn, isNode, listOf, textOf, type SyntaxNode } from "./syntax.ts";

/** The name at the root of `test`, `test.each(…)`, `it.effect` and the like. */
const rootName = (callee: unknown): unknown => {
  if (!isNode(callee)) return undefined;
  return callee["name"] ?? rootName(callee["object"] ?? callee["callee"] ?? callee["tag"]);
};

const titleOf = (node: SyntaxNode): string | undefined => {
  if (node["type"] !== "CallExpression") return undefined;
  const name = rootName(node["callee"]);
  const [first] = listOf(node["arguments"]);
  return name === "test" || name === "it" ? textOf(first) : undefined;
};

export const titlesOf = (path: string, source: string): readonly string[] => findIn(path, source, titleOf);

/** The ids of the rules at the beginning of a title. */
export const rulesIn = (title: string): readonly string[] => {
  const [beginning = ""] = /^(?:\[[A-Z]+\d+\]\s*)*/.exec(title) ?? [];
  return [...beginning.matchAll(/[A-Z]+\d+/g)].map(([id]) => id);
};
