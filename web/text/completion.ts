/**
 * The term right before the caret that can be completed, a mention or an emoji's name, and the suggestions
 * for it.
 */
import type { EmojiEntry } from "../emoji/list.ts";
import { searchEmoji } from "../emoji/search.ts";
import { folded, mentionOf } from "./mentions.ts";

export interface Term {
  readonly kind: "mention" | "emoji";
  /** Where the term begins in the text, with its `@` or `:`. */
  readonly from: number;
  readonly query: string;
}

export interface Suggestion {
  /** The text that replaces the term. */
  readonly inserts: string;
  readonly label: string;
  readonly kind: Term["kind"];
  /** Whether the term is already this text. */
  readonly isWhole: boolean;
}

const MOST_SUGGESTIONS = 6;
/** How far before the caret a term can begin. */
const LONGEST = 48;
const MENTION = /(?:^|[\s(])@([\p{L}\p{N}\p{M}_.'’\-\u00A0]*)$/u;
const EMOJI_NAME = /(?:^|[\s(]|\p{Extended_Pictographic})(:[a-z0-9_+-]{2,})$/u;
const WHOLE_EMOJI_NAME = /:([a-z0-9_+-]{2,}):$/u;

export const termBefore = (text: string, caret: number): Term | undefined => {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const mention = MENTION.exec(before)?.[1];
  if (mention !== undefined) return { kind: "mention", from: caret - mention.length - 1, query: mention };
  const emoji = EMOJI_NAME.exec(before)?.[1];
  if (emoji !== undefined) return { kind: "emoji", from: caret - emoji.length, query: emoji.slice(1) };
  return undefined;
};

/** The emoji whose name the user has just closed with a colon, and where that name begins. */
export const emojiClosed = (
  text: string,
  caret: number,
  list: readonly EmojiEntry[],
): { readonly from: number; readonly emoji: string } | undefined => {
  const name = WHOLE_EMOJI_NAME.exec(text.slice(Math.max(0, caret - LONGEST), caret))?.[1];
  if (name === undefined) return undefined;
  const entry = list.find(({ names }) => names.includes(name));
  return entry === undefined ? undefined : { from: caret - name.length - 2, emoji: entry.emoji };
};

export const suggestionsFor = (
  term: Term,
  names: readonly string[],
  list: readonly EmojiEntry[],
): readonly Suggestion[] => {
  switch (term.kind) {
    case "mention": {
      const query = folded(term.query);
      const fitting = [...new Set(names)].filter(
        (name) => folded(name).startsWith(query) || folded(name).includes(` ${query}`),
      );
      const isWhole = (name: string): boolean => folded(name) === query;
      return [...fitting.filter(isWhole), ...fitting.filter((name) => !isWhole(name))]
        .slice(0, MOST_SUGGESTIONS)
        .map((name) => ({
          inserts: `${mentionOf(name)} `,
          label: name,
          kind: term.kind,
          isWhole: isWhole(name),
        }));
    }
    case "emoji":
      return searchEmoji(list, term.query)
        .slice(0, MOST_SUGGESTIONS)
        .map(({ emoji, names: [name = ""] }) => ({
          inserts: emoji,
          label: `${emoji} ${name}`,
          kind: term.kind,
          isWhole: false,
        }));
  }
};
