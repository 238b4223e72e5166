/**
 * Which requests the service worker answers, and from where. This file uses none of the worker's API, so that
 * it can be tested.
 *
 * - The document comes from the network. It comes from the cache if the server is unreachable, fails or takes
 *   too long. So a user with a network gets the newest page.
 * - The build's other files come from the cache. The names under `/assets` change with their content, so an
 *   open page of the previous build still finds its own files.
 * - The worker ignores all other requests: the API, the metrics, the WebSocket.
 */
export type Answer = "document" | "file" | "none";

/** How long the worker waits for the network's document before it uses the cached one. */
export const PATIENCE_MS = 4_000;
const DOCUMENT_PATH = /^\/(?:r\/[^/]+\/?)?$/;

interface PageRequest {
  readonly method: string;
  readonly mode: string;
  readonly url: string;
}

/** `files` are the paths that the build has cached. */
export const answerTo = (
  { method, mode, url }: PageRequest,
  origin: string,
  files: ReadonlySet<string>,
): Answer => {
  const { origin: from, pathname } = new URL(url);
  if (method !== "GET" || from !== origin) return "none";
  if (mode === "navigate") return DOCUMENT_PATH.test(pathname) ? "document" : "none";
  return files.has(pathname) || pathname.startsWith("/assets/") ? "file" : "none";
};

/** The newest document that is available. `late` resolves when the network has used up its time. */
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
  // With an empty cache, the network's answer or failure is the answer.
  return first ?? (await cached()) ?? network;
};

/**
 * The caches to delete when a build takes over: all but its own and the previous one, because a page of that
 * build may still be open. `names` has the oldest first.
 */
export const outdated = (names: readonly string[], own: string): readonly string[] =>
  names.filter((name) => name.startsWith("gapless-") && name !== own).slice(0, -1);
