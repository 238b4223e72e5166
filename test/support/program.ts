/**
 * Programs that the tests run and npm does not bring. On a Debian machine where the user is root they are installed, and one line
 * says so; elsewhere the run stops with one sentence that says what to install. Nothing is skipped for want of a program.
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

/** Where the PATH has a program; undefined where it has none by this name. */
export const onPath = (program: string): string | undefined =>
  (process.env["PATH"] ?? "")
    .split(delimiter)
    .filter((folder) => folder !== "")
    .map((folder) => join(folder, program))
    .find(isExecutable);

/** Whether packages can be installed here without asking anybody. */
export const canInstall = (): boolean =>
  process.getuid?.() === 0 && existsSync("/etc/debian_version") && onPath("apt-get") !== undefined;

export const install = (packages: readonly string[]): void => {
  process.stderr.write(`The tests need ${packages.join(" and ")}: installing with apt-get.\n`);
  const apt = (...words: readonly string[]): void => {
    execFileSync("apt-get", ["-qq", ...words], {
      env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
      // What apt-get has to say goes to where errors go, so that a reporter's output stays whole.
      stdio: ["ignore", 2, 2],
    });
  };
  apt("update");
  apt("install", "--yes", "--no-install-recommends", ...packages);
};

/** What `find` finds, installed first where it is missing and can be; else the run stops with `remedy`. */
export const need = (find: () => string | undefined, packages: readonly string[], remedy: string): string => {
  const there = find();
  if (there !== undefined) return there;
  if (canInstall()) install(packages);
  const installed = find();
  if (installed === undefined) throw new Error(remedy);
  return installed;
};
