/**
 * The service worker, with which the page opens offline. It caches the files of one build, all of them or
 * none. The build writes the list of files into it (scripts/service-worker.ts).
 */
import { answerTo, freshest, outdated, PATIENCE_MS } from "./answers.ts";

declare const self: ServiceWorkerGlobalScope;
/** The build writes this in front of the file. */
declare const BUILD: { readonly version: string; readonly files: readonly string[] };

const CACHE = `gapless-${BUILD.version}`;
const FILES: ReadonlySet<string> = new Set(BUILD.files);

const install = async (): Promise<void> => {
  // A build that is deployed again after another one becomes the newest again.
  await caches.delete(CACHE);
  const cache = await caches.open(CACHE);
  await cache.addAll(
    BUILD.files.map((path) => new Request(path, path.startsWith("/assets/") ? {} : { cache: "reload" })),
  );
  await self.skipWaiting();
};

const takeOver = async (): Promise<void> => {
  await Promise.all(outdated(await caches.keys(), CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
};

const cached = async (path: string): Promise<Response | undefined> => {
  const own = await (await caches.open(CACHE)).match(path, { ignoreVary: true });
  return own ?? (path.startsWith("/assets/") ? caches.match(path, { ignoreVary: true }) : undefined);
};

const file = async (request: Request): Promise<Response> =>
  (await cached(new URL(request.url).pathname)) ?? fetch(request);

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(takeOver()));
self.addEventListener("fetch", (event) => {
  const { request } = event;
  switch (answerTo(request, self.location.origin, FILES)) {
    case "document": {
      const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS));
      return event.respondWith(freshest(fetch(request), late, () => cached("/")));
    }
    case "file":
      return event.respondWith(file(request));
    case "none":
      return undefined;
  }
});
