/**
 * docs/operations.md names every metric and every log line of the service, word for word.
 */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findIn, isNode, listOf, textOf, type SyntaxNode } from "./syntax.ts";

const guide = readFileSync("docs/operations.md", "utf8");

const METRIC = /\b(?:gapless|process)_[a-z_]+/g;

/** A file may name its messages in a table of this name, and log `LOG_LINES[…]`. */
const TABLE = "LOG_LINES";

const nameOf = (node: unknown): unknown => (isNode(node) ? node["name"] : undefined);

/** The object of a declaration, without `as const` and `satisfies` around it. */
const objectIn = (node: unknown): SyntaxNode | undefined => {
  if (!isNode(node)) return undefined;
  return node["type"] === "ObjectExpression" ? node : objectIn(node["expression"]);
};

/** The messages of a table, one on each line. */
const linesIn = (table: SyntaxNode | undefined): string =>
  listOf(table?.["properties"])
    .flatMap((property) => (isNode(property) ? (textOf(property["value"]) ?? []) : []))
    .join("\n");

/**
 * The messages that a node logs. If this test can't read the message, the result is a text that no guide has.
 */
const loggedBy = (node: SyntaxNode): string | undefined => {
  if (node["type"] === "VariableDeclarator" && nameOf(node["id"]) === TABLE) {
    return linesIn(objectIn(node["init"]));
  }
  if (node["type"] !== "CallExpression") return undefined;
  const { callee } = node;
  const [message] = listOf(node["arguments"]);
  if (!isNode(callee) || !/^log[A-Z]/.test(String(nameOf(callee["property"])))) return undefined;
  const isInTable = isNode(message) && nameOf(message["object"]) === TABLE;
  return isInTable ? undefined : (textOf(message) ?? "a message that is neither a literal nor in LOG_LINES");
};

test("every metric is explained", () => {
  const metrics = new Set(readFileSync("src/adapters/hono/metrics.ts", "utf8").match(METRIC));
  expect(metrics.size).toBeGreaterThan(5);
  expect([...metrics].filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
  expect((guide.match(METRIC) ?? []).filter((name) => !metrics.has(name))).toEqual([]);
});

test("every log line is explained", () => {
  const messages = globSync("src/**/*.ts").flatMap((path) =>
    findIn(path, readFileSync(path, "utf8"), loggedBy).flatMap((found) => found.split("\n")),
  );
  expect(messages.length).toBeGreaterThan(5);
  expect(messages.filter((message) => !guide.includes(`\`${message}\``))).toEqual([]);
});
