/** The emoji list, which comes to the browser when it is first asked for, and the search in it. */
import { signal } from "@preact/signals";
import type { EmojiEntry } from "./list.ts";

export const emojiList = signal<readonly EmojiEntry[]>([]);

export const askForEmoji = async (): Promise<void> => {
  if (emojiList.peek().length > 0) return;
  try {
    const { EMOJI } = await import("./list.ts");
    emojiList.value = EMOJI;
  } catch {
    // The network is away; whoever asks next tries again.
  }
};

/** Those whose name begins with the words first, then those that have it within. */
export const searchEmoji = (list: readonly EmojiEntry[], words: string): readonly EmojiEntry[] => {
  const query = words.trim().toLowerCase().replaceAll(" ", "_");
  const begins = list.filter(({ names }) => names.some((name) => name.startsWith(query)));
  const within = list.filter(({ names }) => names.some((name) => name.includes(query)));
  return [...new Set([...begins, ...within])];
};
