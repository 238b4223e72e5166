/**
 * Tests of message texts: trimmed, with LF as line end, without other control characters, and bounded.
 */
import { expect, test } from "vitest";
import { parseMessageText } from "../../src/domain/message-text.ts";

const MAX_LENGTH = 4000;

test.each([
  ["Hello", "Hello"],
  ["  Hello \n", "Hello"],
  ["a\r\nb\rc\nd", "a\nb\nc\nd"],
  ["a\r\n\r\nb", "a\n\nb"],
  ["a\tb", "a\tb"],
  ["\r\n a \r\n", "a"],
  ["<script>alert(1)</script>", "<script>alert(1)</script>"],
  ["\u202eright to left", "\u202eright to left"],
  ["e\u0301", "e\u0301"],
  ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
  ["😀".repeat(MAX_LENGTH), "😀".repeat(MAX_LENGTH)],
  [` ${"a".repeat(MAX_LENGTH)} `, "a".repeat(MAX_LENGTH)],
  ["\r\n".repeat(5000) + "a", "a"],
])("[V3] a text is trimmed and its line ends are LF (%#)", (raw, text) => {
  expect(parseMessageText(raw, MAX_LENGTH)).toEqual({ ok: true, value: text });
});

test.each([
  ["is empty", ""],
  ["is blank", " \t\r\n\u00a0\u2003"],
  ["has NUL", "a\u0000"],
  ["has a bell", "a\u0007b"],
  ["has a vertical tab", "a\u000bb"],
  ["has a form feed", "a\u000cb"],
  ["has an escape", "\u001b[31mred"],
  ["has DEL", "a\u007f"],
  ["has a C1 control", "a\u009fb"],
])("[V3] a text that %s is bad_text", (_, raw) => {
  expect(parseMessageText(raw, MAX_LENGTH)).toEqual({ ok: false, reason: "bad_text" });
});

test("[V3] the length is counted in characters, after trimming, and is configurable", () => {
  expect(parseMessageText("a".repeat(MAX_LENGTH + 1), MAX_LENGTH)).toEqual({ ok: false, reason: "too_long" });
  expect(parseMessageText("😀".repeat(MAX_LENGTH + 1), MAX_LENGTH)).toEqual({
    ok: false,
    reason: "too_long",
  });
  expect(parseMessageText("abc", 3).ok).toBe(true);
  expect(parseMessageText("abcd", 3)).toEqual({ ok: false, reason: "too_long" });
  expect(parseMessageText("a\r\nb", 3).ok).toBe(true);
});

test("[V5] a text with a lone surrogate is bad_text", () => {
  for (const raw of ["\ud800", "a\ud83d", "\udc4da", `\ud800${"a".repeat(MAX_LENGTH)}`]) {
    expect(parseMessageText(raw, MAX_LENGTH)).toEqual({ ok: false, reason: "bad_text" });
  }
});
