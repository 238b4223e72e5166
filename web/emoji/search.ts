/** The emoji list, which is loaded when it is first needed, and the search in it. */
import { signal } from "@preact/signals";
import type { EmojiEntry } from "./list.ts";

export const emojiList = signal<readonly EmojiEntry[]>([]);

export const loadEmoji = async (): Promise<void> => {
  if (emojiList.peek().length > 0) return;
  try {
    const { EMOJI } = await import("./list.ts");
    emojiList.value = EMOJI;
  } catch {
    // Offline. The next call tries again.
  }
};

/** First the emoji with a name that starts with the words, then those with a name that contains them. */
export const searchEmoji = (list: readonly EmojiEntry[], words: string): readonly EmojiEntry[] => {
  const query = words.trim().toLowerCase().replaceAll(" ", "_");
  const begins = list.filter(({ names }) => names.some((name) => name.startsWith(query)));
  const within = list.filter(({ names }) => names.some((name) => name.includes(query)));
  return [...new Set([...begins, ...within])];
};
