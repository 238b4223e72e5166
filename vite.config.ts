/**
 * The chat page's build: `web/` becomes `dist/web/`, which the server gives out.
 *
 * Everything lands in a file of its own under `/assets`, nothing inline, since the server's content security policy allows neither inline
 * scripts and styles nor `data:` for anything but images.
 */
import { defineConfig } from "vite";

export default defineConfig({
  root: "web",
  base: "/",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  build: {
    outDir: "../dist/web",
    emptyOutDir: true,
    target: "es2023",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: true,
  },
});
