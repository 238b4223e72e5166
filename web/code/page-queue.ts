/** The page's one highlight queue, with a worker of the browser. */
import { systemClock } from "../../src/client/index.ts";
import { HighlightQueue } from "./highlight-queue.ts";
import type { Answer } from "./token.ts";

export const pageQueue = new HighlightQueue((answered, failed) => {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => answered(data));
  worker.addEventListener("error", failed);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker's has none
  return { ask: (job) => worker.postMessage(job), end: () => worker.terminate() };
}, systemClock);
