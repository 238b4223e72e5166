/**
 * Limits how many new characters of uncommon scripts are shown in one frame. For each character that it has
 * not shown before, a browser may have to ask the system for a font, which takes a third of a millisecond. A
 * text with more of them grows to its full length over several frames.
 */
import { FrameBudget } from "../frame-budget.ts";

const fontLookups = new FrameBudget(64);

/**
 * One font has all characters of a script, so the common scripts with thousands of characters are not among
 * these.
 */
const UNCOMMON =
  /[^\p{ASCII}\p{Emoji}\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Thai}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/gu;

const seen = new Set<string>();

/** The part of a text that can be shown in this frame. */
export const showablePrefix = (text: string): string => {
  for (const { 0: character, index } of text.matchAll(UNCOMMON)) {
    if (seen.has(character)) continue;
    if (!fontLookups.take(1)) return text.slice(0, index);
    seen.add(character);
  }
  return text;
};
