/**
 * What a file imports, in whichever way TypeScript lets it: `import`, `import type`, a re-export, `import()`, a type's `import("…")`, and
 * `require`. Read from the syntax tree, so that a comment or a string can't hide one or feign one.
 */
import { findIn, isNode, listOf, textOf, type SyntaxNode } from "./syntax.ts";

/** What this node imports; undefined where it imports nothing. A name that is computed can't be checked, and is given as `?`. */
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

/** The specifiers that a file imports, in its order. */
export const importsOf = (path: string, source: string): readonly string[] =>
  findIn(path, source, importedBy);
