/**
 * Whoever is on call finds every metric and every log line that the service has in docs/operations.md, word for word.
 */
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { findIn, isNode, listOf, textOf, type SyntaxNode } from "./syntax.ts";

const guide = readFileSync("docs/operations.md", "utf8");

const METRIC = /\b(?:gapless|process)_[a-z_]+/g;

/** The message that this node logs. */
const loggedBy = (node: SyntaxNode): string | undefined => {
  if (node["type"] !== "CallExpression") return undefined;
  const { callee } = node;
  const [message] = listOf(node["arguments"]);
  if (!isNode(callee) || !isNode(callee["property"])) return undefined;
  return /^log[A-Z]/.test(String(callee["property"]["name"])) ? textOf(message) : undefined;
};

test("every metric is explained", () => {
  const metrics = new Set(readFileSync("src/adapters/hono/health.ts", "utf8").match(METRIC));
  expect(metrics.size).toBeGreaterThan(5);
  expect([...metrics].filter((name) => !guide.includes(`\`${name}`))).toEqual([]);
  expect((guide.match(METRIC) ?? []).filter((name) => !metrics.has(name))).toEqual([]);
});

test("every log line is explained", () => {
  const messages = globSync("src/**/*.ts").flatMap((path) =>
    findIn(path, readFileSync(path, "utf8"), loggedBy),
  );
  expect(messages.length).toBeGreaterThan(5);
  expect(messages.filter((message) => !guide.includes(`\`${message}\``))).toEqual([]);
});
