/**
 * Tests that the service is started with the same flags everywhere. Node's compile cache depends on the
 * flags: with other flags, an image would start without its cache, and nothing would show it.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The flags of each start of src/main.ts in a text, as a command or as an array. */
const flagsIn = (text: string): readonly string[] =>
  [...text.matchAll(/\bnode\b["\s,]+((?:"?--[\w-]+"?[\s,]+)*)"?src\/main\.ts/g)].map(([, flags = ""]) =>
    flags.replaceAll(/[",]/g, "").trim(),
  );

test("npm start, the image's first start and its command have the same flags", () => {
  const { start }: { start: string } = JSON.parse(readFileSync("package.json", "utf8")).scripts;
  const [flags] = flagsIn(start);
  expect(flags).toMatch(/^--/);
  expect(flagsIn(readFileSync("Dockerfile", "utf8"))).toEqual([flags, flags]);
});

test("the image has the same Node as the tests, and runs as a user with a numeric id", () => {
  const lock = readFileSync("package-lock.json", "utf8");
  const [, version] = /"node_modules\/node": \{\s*"version": "([\d.]+)"/.exec(lock) ?? [];
  const dockerfile = readFileSync("Dockerfile", "utf8");
  expect(dockerfile).toMatch(new RegExp(`^ARG NODE_IMAGE=node:${version}-slim(@sha256:[0-9a-f]{64})?$`, "m"));
  expect(dockerfile.match(/^FROM .*$/gm)).toEqual([
    "FROM ${NODE_IMAGE} AS page",
    "FROM ${NODE_IMAGE} AS dependencies",
    "FROM ${NODE_IMAGE}",
  ]);
  expect(dockerfile).toMatch(/^USER \d+:\d+$/m);
});
