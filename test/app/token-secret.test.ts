/**
 * Tests of the secret that is kept beside the embedded log: made once, replaced if its file is empty, refused
 * if it is short or can't be read.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { storedSecret, UnusableSecret } from "../../src/adapters/identity/token-secret.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapless-secret-"));
  file = join(folder, "token-secret");
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

describe("the secret beside the embedded log", () => {
  it("[A1] is made once, in full, for its owner alone, and leaves no other file", () => {
    const secret = storedSecret(folder);
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32);
    expect(storedSecret(folder)).toBe(secret);
    expect(readFileSync(file, "utf8")).toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["token-secret"]);
  });

  it("[A1] is made in a folder that is not there yet", () => {
    const deeper = join(folder, "a", "b");
    expect(storedSecret(deeper)).toBe(storedSecret(deeper));
  });

  it.each([
    ["empty", ""],
    ["of blank lines", " \n\n"],
  ])("[A1] is made again if its file is %s", (_, content) => {
    writeFileSync(file, content);
    const secret = storedSecret(folder);
    expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32);
    expect(storedSecret(folder)).toBe(secret);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(["token-secret"]);
  });

  it("[A1] may be an operator's own, with a line break at its end", () => {
    writeFileSync(file, `${"s".repeat(32)}\n`);
    expect(storedSecret(folder)).toBe("s".repeat(32));
  });

  it("[A1] is never replaced if it is too short, since it may be a part of the one that signed", () => {
    writeFileSync(file, "s".repeat(31));
    expect(() => storedSecret(folder)).toThrow(UnusableSecret);
    expect(() => storedSecret(folder)).toThrow(/token-secret has 31 bytes, and a secret has at least 32/);
    expect(readFileSync(file, "utf8")).toBe("s".repeat(31));
  });

  it("[A1] can't be used if its file can't be read", () => {
    mkdirSync(file);
    expect(() => storedSecret(folder)).toThrow(UnusableSecret);
    expect(() => storedSecret(folder)).toThrow(/can't be read/);
  });
});
