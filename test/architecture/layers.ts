/**
 * The layers, and what each may import (docs/architecture.md): itself, the layers listed here, and the
 * packages listed here.
 */
import { posix } from "node:path";

interface Layer {
  readonly layers: readonly string[];
  /** The names of packages; `node:` stands for all modules of Node. */
  readonly packages: readonly string[];
}

const adapter = (...packages: readonly string[]): Layer => ({
  layers: ["domain", "log", "wire", "app"],
  packages: ["effect", "node:", ...packages],
});

const LAYERS: Readonly<Record<string, Layer>> = {
  domain: { layers: [], packages: [] },
  log: { layers: ["domain"], packages: [] },
  wire: { layers: ["domain", "log"], packages: [] },
  app: { layers: ["domain", "log", "wire"], packages: ["effect"] },
  "adapters/entropy": adapter(),
  "adapters/hono": adapter("hono", "@hono/node-server", "ws"),
  "adapters/identity": adapter("jose"),
  // Runs anywhere: no module of Node either.
  "adapters/memory": { layers: ["domain", "log", "wire", "app"], packages: ["effect"] },
  "adapters/redis": adapter("ioredis"),
  "adapters/sqlite": adapter(),
  "adapters/telemetry": adapter(),
  client: { layers: ["domain", "log", "wire"], packages: [] },
  probe: { layers: ["domain", "log", "wire", "client"], packages: ["node:", "ws"] },
  main: {
    layers: [
      "domain",
      "wire",
      "app",
      "adapters/entropy",
      "adapters/hono",
      "adapters/identity",
      "adapters/redis",
      "adapters/sqlite",
      "adapters/telemetry",
    ],
    packages: ["effect", "node:"],
  },
  web: {
    layers: ["domain", "log", "wire", "client"],
    packages: ["preact", "@preact/signals", "markdown-it", "lowlight"],
  },
};

const nameOf = (path: string): string => {
  const [top = "", folder = "", inner = ""] = path.split("/");
  if (top !== "src") return top;
  // The files in src/ itself are the composition root.
  if (folder.endsWith(".ts")) return "main";
  return folder === "adapters" ? `${folder}/${inner}` : folder;
};

/** The layer of a file, or undefined. */
export const layerOf = (path: string): string | undefined => {
  const name = nameOf(path);
  return Object.hasOwn(LAYERS, name) ? name : undefined;
};

const packageOf = (specifier: string): string => {
  if (specifier.startsWith("node:")) return "node:";
  const [scope = "", name = ""] = specifier.split("/");
  return scope.startsWith("@") ? `${scope}/${name}` : scope;
};

/** The fault of an import, as a sentence, or undefined. */
export const fault = (path: string, specifier: string): string | undefined => {
  const from = layerOf(path);
  const layer = from === undefined ? undefined : LAYERS[from];
  if (layer === undefined) return `${path} belongs to no layer`;
  const wrong = `${path} → ${specifier}: ${from} may not import`;
  if (!specifier.startsWith(".")) {
    return layer.packages.includes(packageOf(specifier)) ? undefined : `${wrong} the package`;
  }
  const target = posix.join(posix.dirname(path), specifier);
  const to = layerOf(target);
  if (to === undefined) return `${wrong} ${target}`;
  return to === from || layer.layers.includes(to) ? undefined : `${wrong} ${to}`;
};
