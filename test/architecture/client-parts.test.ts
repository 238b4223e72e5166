/**
 * The parts of the client: imports between the folders of src/client go one way (docs/client-internals.md).
 */
import { globSync, readFileSync } from "node:fs";
import { posix } from "node:path";
import { expect, test } from "vitest";
import { importsOf } from "./imports.ts";

/** Each folder may import from those behind it, and from the files in src/client itself. */
const FOLDERS = ["chat", "room", "outbox", "connection", "platform"];
const SHARED = new Set(["listeners.ts", "state-machine.ts"]);

const partOf = (path: string): string => posix.relative("src/client", path).split("/")[0] ?? "";

const isAllowed = (from: string, to: string): boolean =>
  from === "index.ts" ||
  SHARED.has(to) ||
  (FOLDERS.includes(from) && FOLDERS.indexOf(from) <= FOLDERS.indexOf(to));

test("imports between the client's folders go one way", () => {
  const files = globSync("src/client/**/*.ts");
  expect(files.length).toBeGreaterThan(30);
  const imports = files.flatMap((path) =>
    importsOf(path, readFileSync(path, "utf8"))
      .map((specifier) => posix.join(posix.dirname(path), specifier))
      .filter((target) => target.startsWith("src/client/"))
      .map((target) => ({ path, target })),
  );
  expect(imports.length).toBeGreaterThan(50);
  expect(imports.filter(({ path, target }) => !isAllowed(partOf(path), partOf(target)))).toEqual([]);
});
