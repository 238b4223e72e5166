/**
 * The build's part of the service worker: `sw.js` begins with the paths of all files that the page is made of, and a version that is theirs:
 * the hash of what is in them and in the worker. So a build that changes anything is another worker, and one that changes nothing is the same.
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
    // The document is served at the root.
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
