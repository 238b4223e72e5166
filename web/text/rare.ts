/**
 * Characters of scripts that few write. For each that it has not met before a browser may have to ask the system for a font, which takes it a third of a
 * millisecond; so no more than some of them are met in one frame, and a text that has more of them grows to its whole length over a few.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

const MOST_A_FRAME = 128;

/** One font has all of a script, so what is written with thousands of characters is not rare for that. */
const RARE =
  /[^\p{ASCII}\p{Emoji}\p{sc=Inherited}\p{sc=Latin}\p{sc=Greek}\p{sc=Cyrillic}\p{sc=Arabic}\p{sc=Hebrew}\p{sc=Devanagari}\p{sc=Thai}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}\u3000-\u303F\u3400-\u9FFF\uF900-\uFAFF\uFF00-\uFFEF]/gu;

const met = new Set<string>();
const frame = signal(0);
let left = MOST_A_FRAME;
let isWaiting = false;

/** Changes when there may be more to show of what was cut short. */
export const frames: ReadonlySignal<number> = frame;

const awaitFrame = (): void => {
  if (isWaiting) return;
  isWaiting = true;
  // Once this frame has been drawn, with all that was met in it.
  requestAnimationFrame(() =>
    setTimeout(() => {
      isWaiting = false;
      left = MOST_A_FRAME;
      frame.value += 1;
    }),
  );
};

/** What is shown next is shown whole, however long that takes: it is about to be taken away. */
export const showWhole = (): void => {
  left = Number.POSITIVE_INFINITY;
  awaitFrame();
};

/** As much of a text as can be shown in this frame. */
export const showable = (text: string): string => {
  for (const { 0: character, index } of text.matchAll(RARE)) {
    if (met.has(character)) continue;
    awaitFrame();
    if (left === 0) return text.slice(0, index);
    left -= 1;
    met.add(character);
  }
  return text;
};
