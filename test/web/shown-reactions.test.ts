/**
 * Which reactions a message shows: at most so many, and the reader's own.
 */
import { expect, test } from "vitest";
import type { Message } from "../../src/domain/message.ts";
import { shownReactions } from "../../web/log/shown-reactions.ts";
import { ADA, BEN } from "../domain/given.ts";

const MANY = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔😕😖😗😘"].map((emoji) => ({ emoji, by: [BEN] }));

const emojiOf = (reactions: Message["reactions"]): string => reactions.map(({ emoji }) => emoji).join("");

test("[D7] shows all where they are few", () => {
  expect(shownReactions(MANY.slice(0, 20), ADA.id, 20)).toEqual({ shown: MANY.slice(0, 20), hidden: 0 });
});

test("[D7] shows the first of many, and counts the others", () => {
  const { shown, hidden } = shownReactions(MANY, ADA.id, 20);
  expect(emojiOf(shown)).toBe(emojiOf(MANY.slice(0, 20)));
  expect(hidden).toBe(5);
});

test("[D7] shows the reader's own behind the first, as many at most", () => {
  const withOwn = MANY.map((reaction, nth) => (nth === 22 ? { ...reaction, by: [BEN, ADA] } : reaction));
  const { shown, hidden } = shownReactions(withOwn, ADA.id, 20);
  expect(emojiOf(shown)).toBe(emojiOf([...MANY.slice(0, 20), ...MANY.slice(22, 23)]));
  expect(hidden).toBe(4);
  const ownAlone = MANY.map(({ emoji }) => ({ emoji, by: [ADA] }));
  expect(shownReactions(ownAlone, ADA.id, 3)).toMatchObject({ shown: { length: 6 }, hidden: 19 });
});
