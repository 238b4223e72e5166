/**
 * A build plugin for the service worker: it writes the paths of all files of the page, and a version, to the
 * beginning of `sw.js`. The version is the hash of the contents of these files and of the worker. So a build
 * that changes anything makes another worker, and a build that changes nothing makes the same one.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Plugin } from "vite";
import { isCompressed } from "./compressed.ts";

const WORKER = "sw.js";

const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name !== WORKER && !isCompressed(entry.name))
    .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length).split(sep).join("/"))
    .toSorted();

export const buildIn = (folder: string): { readonly version: string; readonly files: readonly string[] } => {
  const hash = createHash("sha256");
  const files = filesIn(folder);
  for (const path of [...files, `/${WORKER}`]) hash.update(path).update(readFileSync(join(folder, path)));
  return {
    version: hash.digest("hex").slice(0, 16),
    // The document is served at `/`.
    files: files.map((path) => (path === "/index.html" ? "/" : path)),
  };
};

export const serviceWorker = (): Plugin => ({
  name: "gapless-service-worker",
  writeBundle({ dir = "" }) {
    const path = join(dir, WORKER);
    writeFileSync(path, `const BUILD = ${JSON.stringify(buildIn(dir))};\n${readFileSync(path, "utf8")}`);
  },
});
