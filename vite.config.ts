/**
 * The build of the chat page: from `web/` to `dist/web/`, which the server serves.
 *
 * Nothing is inlined: every script and style is a file under `/assets`. The server's content security policy
 * forbids inline scripts and styles, and allows `data:` only for images.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "./scripts/compressed.ts";
import { plainImports } from "./scripts/plain-imports.ts";
import { serviceWorker } from "./scripts/service-worker.ts";

export default defineConfig({
  root: "web",
  base: "/",
  // Dependencies of the Markdown parser that the page does not need.
  resolve: {
    alias: Object.fromEntries(
      ["entities", "linkify-it", "mdurl", "punycode.js", "uc.micro"].map((name) => [
        name,
        fileURLToPath(new URL("web/markdown/stubs.ts", import.meta.url)),
      ]),
    ),
  },
  plugins: [plainImports(), serviceWorker(), compressed()],
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
    rolldownOptions: {
      input: { index: "web/index.html", sw: "web/service-worker/worker.ts" },
      output: { entryFileNames: ({ name }) => (name === "sw" ? "sw.js" : "assets/[name]-[hash].js") },
    },
  },
});
