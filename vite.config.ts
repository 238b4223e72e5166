/**
 * The chat page's build: `web/` becomes `dist/web/`, which the server gives out.
 *
 * Everything lands in a file of its own under `/assets`, nothing inline, since the server's content security policy allows neither inline
 * scripts and styles nor `data:` for anything but images.
 */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";
import { compressed } from "./scripts/compressed.ts";
import { serviceWorker } from "./scripts/service-worker.ts";

export default defineConfig({
  root: "web",
  base: "/",
  // What the Markdown parser brings and the page has no use for.
  resolve: {
    alias: Object.fromEntries(
      ["entities", "linkify-it", "mdurl", "punycode.js", "uc.micro"].map((name) => [
        name,
        fileURLToPath(new URL("web/markdown/stand-ins.ts", import.meta.url)),
      ]),
    ),
  },
  plugins: [serviceWorker(), compressed()],
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
