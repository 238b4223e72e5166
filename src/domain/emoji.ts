/**
 * Validates the emoji of a reaction (V3): one grapheme cluster that is an emoji, at most 32 bytes of UTF-8.
 *
 * An emoji is valid if it is in Unicode's set recommended for interchange (UTS #51, RGI_Emoji). Forms that
 * keyboards send without a variation selector, or join in ways that are not in the set, are valid too.
 */
import { isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";

declare const emoji: unique symbol;
export type Emoji = string & { readonly [emoji]: true };

const MAX_BYTES = 32;
const PICTURE = String.raw`[\p{Extended_Pictographic}&&\p{Emoji}](?:\p{Emoji_Modifier}|\uFE0F)?`;
const SEQUENCE = String.raw`(?:\p{RGI_Emoji}|${PICTURE}(?:\u200D${PICTURE})*)`;

/**
 * Compiles the pattern on first use. Unicode's list takes 30 ms to read, and the start of the page does not
 * need it.
 */
const lazily = (source: string, flags: string): (() => RegExp) => {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
};
const everyEmoji = lazily(SEQUENCE, "gv");
const oneEmoji = lazily(`^${SEQUENCE}$`, "v");

export const withoutEmoji = (text: string): string => text.replace(everyEmoji(), "");

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

const isEmoji = (text: string): text is Emoji =>
  text.length <= MAX_BYTES && isWellFormed(text) && oneEmoji().test(text) && utf8Length(text) <= MAX_BYTES;

export const parseEmoji = (raw: string): Decision<Emoji, "bad_emoji"> =>
  isEmoji(raw) ? accept(raw) : reject("bad_emoji");
