/**
 * The service is started with the same flags everywhere. Node keeps its compile cache by flags, so an image whose cache was made with others would start
 * without one, and nothing would tell.
 */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The flags of each start of src/main.ts that a text holds, as a command or as an array. */
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
