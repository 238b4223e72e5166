/**
 * A reaction's emoji (V3): one grapheme cluster that is an emoji, at most 32 bytes of UTF-8.
 *
 * Unicode's own set of emoji that are recommended for interchange decides (UTS #51, RGI_Emoji), and with it the forms that
 * keyboards send without a variation selector, or joined in ways that are not on the list.
 */
import { isWellFormed } from "./characters.ts";
import { accept, reject, type Decision } from "./decision.ts";

declare const emoji: unique symbol;
export type Emoji = string & { readonly [emoji]: true };

const MOST_BYTES = 32;
const PICTURE = String.raw`[\p{Extended_Pictographic}&&\p{Emoji}](?:\p{Emoji_Modifier}|\uFE0F)?`;
const SEQUENCE = String.raw`(?:\p{RGI_Emoji}|${PICTURE}(?:\u200D${PICTURE})*)`;

/** Made when it is first needed: Unicode's list takes 30 ms to read, and the page's start has no use for it. */
const lazily = (source: string, flags: string): (() => RegExp) => {
  let pattern: RegExp | undefined;
  return () => (pattern ??= new RegExp(source, flags));
};
const everyEmoji = lazily(SEQUENCE, "gv");
const oneEmoji = lazily(`^${SEQUENCE}$`, "v");

export const withoutEmoji = (text: string): string => text.replace(everyEmoji(), "");

const utf8Length = (text: string): number => new TextEncoder().encode(text).length;

const isEmoji = (text: string): text is Emoji =>
  text.length <= MOST_BYTES && isWellFormed(text) && oneEmoji().test(text) && utf8Length(text) <= MOST_BYTES;

export const parseEmoji = (raw: string): Decision<Emoji, "bad_emoji"> =>
  isEmoji(raw) ? accept(raw) : reject("bad_emoji");
