/**
 * Tests of the client's package: npm builds it, and a program of another project compiles with it and runs.
 */
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

/** A copy of the sources of the package, so that no other test sees the build. */
const project = mkdtempSync(join(tmpdir(), "gapless-package-"));
/** Another project, in which the package is installed. */
const consumer = mkdtempSync(join(tmpdir(), "gapless-consumer-"));
const installed = join(consumer, "node_modules/gapless");

const PROGRAM = `
import { CommandFailed, connect, memoryStore } from "gapless/client";
import type { Chat, Item, Room, RoomChange, Sent, TextMessage } from "gapless/client";

const chat: Chat = connect({
  url: "ws://chat.example/ws",
  name: "Ada",
  store: memoryStore(),
  openSocket: () => ({ send: () => {}, close: () => {} }),
});
const room: Room = chat.join("lobby");
room.on("message", (message: TextMessage) => message.text.length);
room.subscribe((change: RoomChange) => {
  const items: readonly Item[] = change.type === "appended" ? change.items : [];
  return items.length;
});
const posted: Promise<Sent> = room.post("Hello");
posted.catch((error: unknown) => {
  if (!(error instanceof CommandFailed)) throw error;
  chat.subscribe((change) => change.type);
});
chat.close();
// @ts-expect-error A room has no such event.
export const unknown = (): unknown => room.on("mesage", () => {});
`;

const run = (cwd: string, command: string, ...args: readonly string[]): string => {
  try {
    return execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const said = error instanceof Error && "stdout" in error ? String(error.stdout) : "";
    throw new Error(`${command} ${args.join(" ")} failed: ${said}`, { cause: error });
  }
};

beforeAll(() => {
  for (const name of ["src", "package.json", "tsconfig.json", "tsconfig.package.json", "SPEC.md"]) {
    cpSync(name, join(project, name), { recursive: true });
  }
  symlinkSync(resolve("node_modules"), join(project, "node_modules"));
  run(project, "npm", "pack", "--silent");
  mkdirSync(installed, { recursive: true });
  const archive = readdirSync(project).find((name) => name.endsWith(".tgz")) ?? "";
  run(project, "tar", "-xzf", archive, "-C", installed, "--strip-components=1");
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ type: "module", private: true }));
  writeFileSync(join(consumer, "program.ts"), PROGRAM);
});

afterAll(() => {
  for (const folder of [project, consumer]) rmSync(folder, { recursive: true, force: true });
});

const compile = (module: string, moduleResolution: string): string => {
  const flags = ["--strict", "--exactOptionalPropertyTypes", "--target", "es2022", "--lib", "es2022"];
  const resolution = ["--module", module, "--moduleResolution", moduleResolution];
  return run(consumer, resolve("node_modules/.bin/tsc"), ...flags, ...resolution, "program.ts");
};

describe("the package", () => {
  it.each([
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ])("compiles in a strict program with module %s and resolution %s", (module, moduleResolution) => {
    expect(compile(module, moduleResolution)).toBe("");
  });

  it("runs in a program that was compiled", () => {
    compile("nodenext", "nodenext");
    expect(run(consumer, process.execPath, "program.js")).toBe("");
  });

  it("contains no TypeScript sources and no server", () => {
    const files = readdirSync(installed, { recursive: true, encoding: "utf8" });
    expect(files).toContain("dist/client/index.d.ts");
    expect(files.filter((name) => /(?<!\.d)\.ts$/.test(name))).toEqual([]);
    expect(files.filter((name) => /^dist\/(?:app|adapters|web)\b/.test(name))).toEqual([]);
  });
});
