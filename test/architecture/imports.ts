/**
 * Finds all imports of a file, in every form that TypeScript has: `import`, `import type`, a re-export,
 * `import()`, a type's `import("…")`, and `require`. It reads the syntax tree, so comments and strings are
 * not mistaken for imports.
 */
import { findIn, isNode, listOf, textOf, type SyntaxNode } from "./syntax.ts";

/**
 * The specifier that a node imports, or undefined. A computed specifier can't be checked, and is returned as
 * `?`.
 */
const importedBy = (node: SyntaxNode): string | undefined => {
  switch (node["type"]) {
    case "ImportDeclaration":
    case "ExportAllDeclaration":
    case "ExportNamedDeclaration":
      return textOf(node["source"]);
    case "ImportExpression":
    case "TSImportType":
      return textOf(node["source"]) ?? "?";
    case "TSExternalModuleReference":
      return textOf(node["expression"]) ?? "?";
    case "CallExpression": {
      const { callee } = node;
      const [argument] = listOf(node["arguments"]);
      return isNode(callee) && callee["name"] === "require" ? (textOf(argument) ?? "?") : undefined;
    }
    default:
      return undefined;
  }
};

/** The specifiers that a file imports, in the order of the file. */
export const importsOf = (path: string, source: string): readonly string[] =>
  findIn(path, source, importedBy);
