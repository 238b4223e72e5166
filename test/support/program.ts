/**
 * Programs that the tests need and npm does not install. On Debian, with root rights, the tests install them
 * and print one line. Elsewhere the run stops with a sentence that says what to install. No test is skipped.
 */
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const isExecutable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The path of a program in PATH, or undefined. */
export const onPath = (program: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .find(isExecutable);

/** Whether the tests can install packages. */
export const canInstall = (): boolean =>
  process.getuid?.() === 0 && existsSync("/etc/debian_version") && onPath("apt-get") !== undefined;

export const install = (packages: readonly string[]): void => {
  process.stderr.write(`The tests need ${packages.join(" and ")}: installing with apt-get.\n`);
  const apt = (...words: readonly string[]): void => {
    execFileSync("apt-get", ["-qq", ...words], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      // The output goes to stderr, so that it does not mix with a reporter's output.
      stdio: ["ignore", 2, 2],
    });
  };
  apt("update");
  apt("install", "--yes", "--no-install-recommends", ...packages);
};

/**
 * The path that `find` returns. If there is none, installs the first of the alternatives that the system
 * offers. Without any of them the run stops with `remedy`.
 */
export const need = (
  find: () => string | undefined,
  alternatives: readonly (readonly string[])[],
  remedy: string,
): string => {
  for (const packages of canInstall() ? alternatives : []) {
    const there = find();
    if (there !== undefined) return there;
    try {
      install(packages);
    } catch (failure) {
      process.stderr.write(`apt-get failed (${String(failure)}).\n`);
    }
  }
  const installed = find();
  if (installed === undefined) throw new Error(remedy);
  return installed;
};
