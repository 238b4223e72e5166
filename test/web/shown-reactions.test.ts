/**
 * Which reactions a message shows: at most so many, and the reader's own.
 */
import { expect, test } from "vitest";
import type { RoomEvent } from "../../src/domain/event.ts";
import { foldMessage, type Message } from "../../src/domain/message.ts";
import { position } from "../../src/domain/position.ts";
import { shownReactions } from "../../web/log/shown-reactions.ts";
import { ADA, BEN, KEY } from "../domain/given.ts";

const MANY = [..."😀😁😂😃😄😅😆😇😈😉😊😋😌😍😎😏😐😑😒😓😔😕😖😗😘"].map((emoji) => ({ emoji, by: [BEN] }));

const BY_ADA = { id: position("1-1"), seq: 1, by: ADA, key: KEY };

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

test("[D7] the fold of 5,000 different reactions shows as few as any other", () => {
  const post = { ...BY_ADA, type: "message.posted", text: "words" } as const;
  const events = Array.from({ length: 5000 }, (_, nth): RoomEvent => ({
    ...BY_ADA,
    id: position(`2-${nth}`),
    seq: nth + 2,
    type: "reaction.added",
    message: post.id,
    emoji: `${nth}`,
  }));
  const reactions = foldMessage([post, ...events])?.reactions ?? [];
  expect(reactions).toHaveLength(5000);
  expect(shownReactions(reactions, BEN.id, 20)).toEqual({ shown: reactions.slice(0, 20), hidden: 4980 });
});
