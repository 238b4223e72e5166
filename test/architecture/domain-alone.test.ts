/**
 * Tests that the domain runs alone: all its files, in a folder without anything else, on plain Node.
 */
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, posix } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { importsOf } from "./imports.ts";

test("the domain needs no other code", () => {
  const folder = mkdtempSync(join(tmpdir(), "gapless-domain-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync("src/domain", folder, { recursive: true });
  const files = globSync("**/*.ts", { cwd: folder });
  expect(files.length).toBeGreaterThan(10);
  const program = `for (const file of ${JSON.stringify(files)}) await import("./" + file); console.log("done")`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(output).toBe("done\n");
});

test("the tests of the domain need only the domain and the test runner", () => {
  const imports = globSync("test/domain/**/*.ts").flatMap((path) =>
    importsOf(path, readFileSync(path, "utf8")).map((specifier) => ({ path, specifier })),
  );
  const isAllowed = (path: string, specifier: string): boolean => {
    if (specifier === "vitest") return true;
    const target = posix.join(posix.dirname(path), specifier);
    return /^(?:src\/domain|test\/domain)\/|^test\/support\/seeded-random\.ts$/.test(target);
  };
  expect(imports.filter(({ path, specifier }) => !isAllowed(path, specifier))).toEqual([]);
});
