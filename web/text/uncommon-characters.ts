/**
 * Characters of scripts that few write. For each that it has not met before a browser may have to ask the system for a font, which takes it a third of a
 * millisecond; so no more than some of them are met in one frame, and a text that has more of them grows to its whole length over a few.
 */
import { FrameBudget } from "../frame-budget.ts";

const fonts = new FrameBudget(64);

/** One font has all of a script, so what is written with thousands of characters is not rare for that. */
const RARE =
  /[^\p{ASCII}\p{Emoji}\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Thai}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/gu;

const met = new Set<string>();

/** As much of a text as can be shown in this frame. */
export const showablePrefix = (text: string): string => {
  for (const { 0: character, index } of text.matchAll(RARE)) {
    if (met.has(character)) continue;
    if (!fonts.take(1)) return text.slice(0, index);
    met.add(character);
  }
  return text;
};
