/**
 * A build plugin that keeps each `import()` of the page as it is. Vite would wrap it in a function that first
 * loads the dependencies of the chunk. No chunk of this page depends on a chunk that is not loaded yet, and
 * the function has 1.7 KB.
 */
import type { Plugin } from "vite";

export const plainImports = (): Plugin => ({
  name: "gapless-plain-imports",
  enforce: "pre",
  load: {
    filter: { id: /vite\/preload-helper\.js$/ },
    handler: () => "export const __vitePreload = (load) => load();",
  },
});
