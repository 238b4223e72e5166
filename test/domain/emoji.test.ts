/**
 * Tests of a reaction's emoji: one grapheme cluster that is an emoji, at most 32 bytes.
 */
import { expect, test } from "vitest";
import { parseEmoji } from "../../src/domain/emoji.ts";

test.each([
  ["a face", "😀"],
  ["a thumb", "👍"],
  ["a skin tone", "👍🏽"],
  ["a heart with its selector", "❤️"],
  ["a heart without its selector", "❤"],
  ["a flag", "🇩🇪"],
  ["the flag of Scotland", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
  ["a keycap", "1️⃣"],
  ["the keycap #", "#️⃣"],
  ["a family", "👨‍👩‍👧‍👦"],
  ["an astronaut", "👩🏽‍🚀"],
  ["a rainbow flag", "🏳️‍🌈"],
  ["a pirate flag", "🏴‍☠️"],
  ["a copyright sign with its selector", "©️"],
  ["a heart on fire", "❤️‍🔥"],
])("[V3] %s is an emoji", (_, emoji) => {
  expect(parseEmoji(emoji)).toEqual({ ok: true, value: emoji });
});

test.each([
  ["nothing", ""],
  ["a letter", "a"],
  ["a digit", "1"],
  ["a number sign", "#"],
  ["a digit with a selector", "1️"],
  ["a pair of emoji", "👍👍"],
  ["a pair of flags", "🇩🇪🇫🇷"],
  ["half a flag", "🇩"],
  ["an emoji and a letter", "👍a"],
  ["an emoji and a space", "👍 "],
  ["an emoji and a line feed", "👍\n"],
  ["a joiner behind", "👍\u200d"],
  ["a joiner alone", "\u200d"],
  ["a selector alone", "\ufe0f"],
  ["a word", ":thumbsup:"],
  ["markup", "<b>"],
  ["a kiss of two skin tones, 35 bytes", "👩🏻‍❤️‍💋‍👩🏿"],
  ["a very long chain", "👩‍".repeat(100_000) + "👩"],
  ["a megabyte", "👍".repeat(250_000)],
])("[V3] %s is not an emoji", (_, text) => {
  expect(parseEmoji(text)).toEqual({ ok: false, reason: "bad_emoji" });
});

test("[V3] an emoji has at most 32 bytes", () => {
  const long = "👩‍👩‍👩‍👩‍👩";
  const joined = (count: number): string => Array.from({ length: count }, () => "👩").join("\u200d");
  expect(new TextEncoder().encode(long)).toHaveLength(32);
  expect(parseEmoji(joined(5)).ok).toBe(true);
  expect(new TextEncoder().encode(`${joined(4)}\u200d❤️‍`).length).toBeGreaterThan(32);
  expect(parseEmoji(`${joined(4)}\u200d❤️`)).toEqual({ ok: false, reason: "bad_emoji" });
});

test("[V5] an emoji with a lone surrogate is bad_emoji", () => {
  for (const text of ["\ud83d", "\udc4d", "👍\ud83d"]) {
    expect(parseEmoji(text)).toEqual({ ok: false, reason: "bad_emoji" });
  }
});
