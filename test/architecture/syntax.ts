/**
 * Searches the syntax tree of a TypeScript file, without knowledge of every kind of node.
 */
import { parseSync } from "vite";

export type SyntaxNode = Readonly<Record<string, unknown>>;

export const isNode = (value: unknown): value is SyntaxNode => typeof value === "object" && value !== null;

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** The value of a string literal. For a template, the text before its first expression. */
export const textOf = (value: unknown): string | undefined => {
  if (!isNode(value)) return undefined;
  if (value["type"] === "Literal" && typeof value["value"] === "string") return value["value"];
  if (value["type"] === "TemplateLiteral") return textOf(listOf(value["quasis"]).at(0));
  const { value: written } = value;
  return isNode(written) && typeof written["cooked"] === "string" ? written["cooked"] : undefined;
};

const walk = (value: unknown, visit: (node: SyntaxNode) => void): void => {
  if (!isNode(value)) return;
  visit(value);
  for (const child of Object.values(value)) walk(child, visit);
};

/** All results of `read` for the nodes of a file, in the order of the file. */
export const findIn = (
  path: string,
  source: string,
  read: (node: SyntaxNode) => string | undefined,
): readonly string[] => {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((error) => error.message).join("; ")}`);
  const found: string[] = [];
  walk(program, (node) => {
    const text = read(node);
    if (text !== undefined) found.push(text);
  });
  return found;
};
