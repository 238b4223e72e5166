/** The list of emoji that the page offers. */
import { expect, test } from "vitest";
import { parseEmoji } from "../../src/domain/emoji.ts";
import { EMOJI } from "../../web/emoji/list.ts";

test("[V3] every emoji of the picker can be a reaction, and no two share their first name", () => {
  const refused = EMOJI.filter(({ emoji }) => !parseEmoji(emoji).ok);
  expect(refused).toEqual([]);
  expect(EMOJI.filter(({ names }) => names.length === 0)).toEqual([]);
  const first = EMOJI.map(({ names }) => names[0]);
  expect(new Set(first).size).toBe(EMOJI.length);
  expect(new Set(EMOJI.map(({ emoji }) => emoji)).size).toBe(EMOJI.length);
});
