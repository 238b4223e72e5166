/** The worker that highlights program texts, one after another. */
import { tokensOf } from "./highlight.ts";
import type { Answer, Job } from "./token.ts";

const answer = (given: Answer): void => postMessage(given);

addEventListener("message", ({ data }: MessageEvent<Job>) => {
  answer({ type: "done", tokens: tokensOf(data.language, data.text) ?? [] });
});
answer({ type: "ready" });
