/** The tokens of program texts. The code for it is loaded with the first program text that is in sight. */
import type { HighlightQueue } from "./highlight-queue.ts";
import type { Job, Token } from "./token.ts";

let queue: HighlightQueue | undefined;

/** The tokens of a text that was highlighted before. */
export const cachedTokens = (job: Job): readonly Token[] | undefined => queue?.cached(job);

/** A text's tokens; none where the text stays plain. */
export const requestTokens = async (job: Job): Promise<readonly Token[]> => {
  try {
    queue ??= (await import("./page-queue.ts")).pageQueue;
  } catch {
    // Offline. The next text tries again.
    return [];
  }
  return queue.highlight(job);
};
