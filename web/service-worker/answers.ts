/**
 * What the service worker answers, and with what: pure of the browser's worker, so that it can be tested.
 *
 * - The document comes from the network, and from the cache where the server is away, answers that it can't serve, or takes too long. So whoever
 *   has a network has the newest page.
 * - The build's other files come from the cache. Those under `/assets` have names that change with their content: a page of the build before, still open,
 *   finds its own.
 * - All else is none of its business: the API, the metrics, the WebSocket.
 */
export type Answer = "document" | "file" | "none";

/** How long the network has for the document before the cached one is shown. */
export const PATIENCE_MS = 4_000;
const DOCUMENT_PATH = /^\/(?:r\/[^/]+\/?)?$/;

interface Asked {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** `files`: the paths that the build has cached. */
export const answerTo = (
  { method, mode, url }: Asked,
  origin: string,
  files: ReadonlySet<string>,
): Answer => {
  const { origin: from, pathname } = new URL(url);
  if (method !== "GET" || from !== origin) return "none";
  if (mode === "navigate") return DOCUMENT_PATH.test(pathname) ? "document" : "none";
  return files.has(pathname) || pathname.startsWith("/assets/") ? "file" : "none";
};

/** The document, as fresh as it can be had. `late` resolves when the network has had its time. */
export const freshest = async (
  network: Promise<Response>,
  late: Promise<unknown>,
  cached: () => Promise<Response | undefined>,
): Promise<Response> => {
  const served = network.then(
    (response) => (response.status < 500 ? response : undefined),
    () => undefined,
  );
  const first = await Promise.race([served, late.then(() => undefined)]);
  // Where there is nothing in the cache, the network's answer or failure is the answer.
  return first ?? (await cached()) ?? network;
};

/** Which caches go when a build takes over: all but its own and the one before it, from which a page may still be open. `names`: the oldest first. */
export const outdated = (names: readonly string[], own: string): readonly string[] =>
  names.filter((name) => name.startsWith("gapless-") && name !== own).slice(0, -1);
