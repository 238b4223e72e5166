/**
 * The titles of the tests in a file, and the rules that they begin with: `[D2] [R5] what is shown`.
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

/** The ids at the beginning of a title. */
export const rulesIn = (title: string): readonly string[] => {
  const [beginning = ""] = /^(?:\[[A-Z]+\d+\]\s*)*/.exec(title) ?? [];
  return [...beginning.matchAll(/[A-Z]+\d+/g)].map(([id]) => id);
};
