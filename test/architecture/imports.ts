/**
 * What a file imports, in whichever way TypeScript lets it: `import`, `import type`, a re-export, `import()`, a type's `import("…")`, and
 * `require`. Read from the syntax tree, so that a comment or a string can't hide one or feign one.
 */
import { parseSync } from "vite";

type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null;

const literal = (value: unknown): string | undefined =>
  isNode(value) && typeof value["value"] === "string" ? value["value"] : undefined;

/** What this node imports; undefined where it imports nothing. A name that is computed can't be checked, and is given as `?`. */
const importedBy = (node: Node): string | undefined => {
  switch (node["type"]) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
      return literal(node["source"]);
    case "ExportNamedDeclaration":
      return isNode(node["source"]) ? literal(node["source"]) : undefined;
    case "ImportExpression":
    case "TSImportType":
      return literal(node["source"]) ?? "?";
    case "TSExternalModuleReference":
      return literal(node["expression"]) ?? "?";
    case "CallExpression": {
      const { callee } = node;
      const [argument] = Array.isArray(node["arguments"]) ? node["arguments"] : [];
      return isNode(callee) && callee["name"] === "require" ? (literal(argument) ?? "?") : undefined;
    }
    default:
      return undefined;
  }
};

const walk = (value: unknown, found: string[]): void => {
  if (!isNode(value)) return;
  const imported = importedBy(value);
  if (imported !== undefined) found.push(imported);
  for (const child of Object.values(value)) walk(child, found);
};

/** The specifiers that a file imports, in its order. */
export const importsOf = (path: string, source: string): readonly string[] => {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors.map((error) => error.message).join("; ")}`);
  const found: string[] = [];
  walk(program, found);
  return found;
};
