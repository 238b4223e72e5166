/**
 * Tests the imports between the layers: every import in src/ and web/ is allowed by the table in `layers.ts`.
 */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { importsOf } from "./imports.ts";
import { fault, layerOf } from "./layers.ts";

const faultsOf = (path: string, source: string): readonly string[] =>
  importsOf(path, source)
    .map((specifier) => fault(path, specifier))
    .filter((found) => found !== undefined);

test("every import is allowed by the layers", () => {
  const files = globSync(["src/**/*.ts", "web/**/*.{ts,tsx}"]);
  expect(files.length).toBeGreaterThan(50);
  expect(files.filter((path) => layerOf(path) === undefined)).toEqual([]);
  expect(files.flatMap((path) => faultsOf(path, readFileSync(path, "utf8")))).toEqual([]);
});

describe("a forbidden import is found", () => {
  test.each([
    ["an import", "src/domain/room.ts", `import { x } from "../wire/event.ts";`],
    ["an import of types only", "src/domain/room.ts", `import type { X } from "../app/feed.ts";`],
    ["an import for its side effects", "src/wire/event.ts", `import "../app/feed.ts";`],
    ["a re-export", "src/client/index.ts", `export * from "../app/feed.ts";`],
    ["a re-export of types", "src/client/index.ts", `export type { X } from "../app/feed.ts";`],
    ["a dynamic import", "src/app/feed.ts", `const x = await import("../adapters/redis/keys.ts");`],
    ["a computed import", "src/app/feed.ts", `const x = await import(name);`],
    ["a type's import", "src/app/feed.ts", `type X = import("../adapters/redis/keys.ts").X;`],
    ["a require", "src/app/feed.ts", `const x = require("ioredis");`],
    [
      "an adapter in another adapter",
      "src/adapters/redis/index.ts",
      `import { x } from "../sqlite/column.ts";`,
    ],
    ["a package in the domain", "src/domain/room.ts", `import { Effect } from "effect";`],
    ["a package in the wire", "src/wire/event.ts", `import { Schema } from "effect/Schema";`],
    ["Node in the client", "src/client/platform/socket.ts", `import { once } from "node:events";`],
    ["Redis in the app", "src/app/feed.ts", `import { Redis } from "ioredis";`],
    ["another adapter's package", "src/adapters/sqlite/layer.ts", `import { Redis } from "ioredis";`],
    ["the client in main", "src/main.ts", `import { connect } from "./client/index.ts";`],
    ["the app in the probe", "src/probe/main.ts", `import { Feed } from "../app/feed.ts";`],
    ["the probe in the client", "src/client/index.ts", `import { judge } from "../probe/oracle.ts";`],
    ["the app in the page", "web/main.tsx", `import { Feed } from "../src/app/feed.ts"; const x = <b />;`],
    ["a test in the service", "src/main.ts", `import { x } from "../test/support/oracle.ts";`],
    ["a file outside the layers", "src/tools/list.ts", `import { x } from "./other.ts";`],
  ])("%s", (_, path, source) => {
    expect(faultsOf(path, source)).toHaveLength(1);
  });

  test("an import in a comment or a string is ignored", () => {
    expect(
      faultsOf("src/domain/room.ts", `// import "ioredis"\nexport const x = 'import "ioredis"';`),
    ).toEqual([]);
  });
});
