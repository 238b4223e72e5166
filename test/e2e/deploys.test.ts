/**
 * Builds that are deployed one after another while a browser is open: with a network the browser shows the
 * newest page at once, and its cache becomes the newest, too.
 *
 * The builds are copies of the current one, each with a name in its document and in the name of its script.
 */
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "playwright-core";
import { afterEach, expect, test } from "vitest";
import { buildIn } from "../../scripts/service-worker.ts";
import { Lifetime } from "../support/lifetime.ts";
import { sharedBrowser } from "./support/browser.ts";
import { eventually } from "./support/eventually.ts";

const BUILT = fileURLToPath(new URL("../../dist/web/", import.meta.url));
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".css": "text/css",
  ".html": "text/html",
  ".svg": "image/svg+xml",
  ".webmanifest": "application/manifest+json",
};

const life = new Lifetime();
afterEach(() => life.end());

/** Makes a copy of the build, with this name in its document and in the name of its script. */
const build = (name: string): string => {
  const folder = life.own(mkdtempSync(join(tmpdir(), "gapless-build-")), (path) =>
    rm(path, { recursive: true, force: true }),
  );
  cpSync(BUILT, folder, { recursive: true });
  const document = readFileSync(join(folder, "index.html"), "utf8");
  const [, script = ""] = /src="\/assets\/(index-[^"]+\.js)"/.exec(document) ?? [];
  renameSync(join(folder, "assets", script), join(folder, "assets", `index-${name}.js`));
  const named = document.replace(script, `index-${name}.js`).replace("<body>", `<body data-build="${name}">`);
  writeFileSync(join(folder, "index.html"), named);
  const worker = readFileSync(join(folder, "sw.js"), "utf8");
  const code = worker.slice(worker.indexOf("\n") + 1);
  writeFileSync(join(folder, "sw.js"), code);
  writeFileSync(join(folder, "sw.js"), `const BUILD = ${JSON.stringify(buildIn(folder))};\n${code}`);
  return folder;
};

/** Serves one build after another, or none. */
const serving = async (first: string) => {
  let folder: string | undefined = first;
  const server: Server = createServer(({ url = "/" }, response) => {
    if (folder === undefined) return void response.destroy();
    const path = url === "/" || url.startsWith("/r/") ? "/index.html" : url;
    try {
      const content = readFileSync(join(folder, path));
      response.writeHead(200, { "Content-Type": TYPES[extname(path)] ?? "image/png" }).end(content);
    } catch {
      response.writeHead(404).end();
    }
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  life.own(server, () => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("it does not listen");
  return {
    url: `http://127.0.0.1:${address.port}`,
    deploy: (next: string | undefined) => (folder = next),
  };
};

const buildShown = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => document.body.dataset["build"]);

/** The builds whose scripts the browser has in its cache. */
const buildsKept = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const kept: string[] = [];
    for (const name of await caches.keys()) {
      for (const { url } of await (await caches.open(name)).keys()) {
        const [, build] = /index-(\w+)\.js$/.exec(url) ?? [];
        if (build !== undefined) kept.push(build);
      }
    }
    return kept;
  });

/**
 * Whether the cached build has taken over. A navigation in that very moment hangs, about once in fifty times
 * on a busy machine: Chromium has not requested the document by then, or gets no response. The cause is not
 * known, and this test is not about it.
 */
const isSettled = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const { installing, waiting, active } = await navigator.serviceWorker.ready;
    return installing === null && waiting === null && active?.state === "activated";
  });

test("the newest build is shown at once and opens offline; the previous one is kept for pages that are still open", async () => {
  const [first, second, third] = [build("first"), build("second"), build("third")];
  const server = await serving(first);
  const browser = await sharedBrowser();
  const context = life.own(await browser.newContext(), (one) => one.close());
  const page = await context.newPage();
  await page.goto(server.url);
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  await eventually(() => buildsKept(page)).toEqual(["first"]);
  await eventually(() => isSettled(page)).toBe(true);

  server.deploy(second);
  await page.reload();
  expect(await buildShown(page)).toBe("second");
  await eventually(() => buildsKept(page)).toEqual(["first", "second"]);
  await eventually(() => isSettled(page)).toBe(true);

  server.deploy(third);
  await page.goto(`${server.url}/r/tea`);
  expect(await buildShown(page)).toBe("third");
  await eventually(() => buildsKept(page)).toEqual(["second", "third"]);
  await eventually(() => isSettled(page)).toBe(true);

  server.deploy(undefined);
  await page.reload();
  expect(await buildShown(page)).toBe("third");
  await page.getByLabel("Your name").waitFor();

  // A rollback: the earlier build is the newest again.
  server.deploy(second);
  await page.reload();
  expect(await buildShown(page)).toBe("second");
  await eventually(() => buildsKept(page)).toEqual(["third", "second"]);
});
