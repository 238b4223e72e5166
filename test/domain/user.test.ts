/**
 * Tests of user names, which have no invisible characters, and of user ids.
 */
import { expect, test } from "vitest";
import { parseUserId, parseUserName } from "../../src/domain/user.ts";

test.each([
  ["Ada", "Ada"],
  ["  Ada Lovelace\t\n", "Ada Lovelace"],
  ["\u00a0Ada\u3000", "Ada"],
  ["Zoe\u0308", "Zoë"],
  ["مريم", "مريم"],
  ["क्षितिज", "क्षितिज"],
  ["<b>Ada</b>", "<b>Ada</b>"],
  ["👩‍👩‍👧‍👦", "👩‍👩‍👧‍👦"],
  ["Ada 👩🏽‍🚀", "Ada 👩🏽‍🚀"],
  ["❤️", "❤️"],
  ["🏴󠁧󠁢󠁳󠁣󠁴󠁿", "🏴󠁧󠁢󠁳󠁣󠁴󠁿"],
  ["1️⃣", "1️⃣"],
  ["a".repeat(40), "a".repeat(40)],
  ["😀".repeat(40), "😀".repeat(40)],
  [` ${"a".repeat(40)} `, "a".repeat(40)],
  [`${" ".repeat(5000)}Ada`, "Ada"],
])("[V2] %j is the name %j", (raw, name) => {
  expect(parseUserName(raw)).toEqual({ ok: true, value: name });
});

test.each([
  ["nothing", ""],
  ["only spaces", " \t\n\u00a0"],
  ["41 characters", "a".repeat(41)],
  ["41 emoji", "😀".repeat(41)],
  ["a megabyte", "a".repeat(1_000_000)],
  ["NUL", "A\u0000da"],
  ["a line feed", "A\nda"],
  ["a tab", "A\tda"],
  ["DEL", "A\u007fda"],
  ["a C1 control", "A\u0085da"],
  ["a zero-width space", "Ada\u200bX"],
  ["a zero-width joiner", "Ada\u200dX"],
  ["a zero-width non-joiner", "Ada\u200cX"],
  ["a byte order mark", "A\ufeffda"],
  ["a word joiner", "Ada\u2060"],
  ["a soft hyphen", "A\u00adda"],
  ["a right-to-left override", "Ada\u202eX"],
  ["an embedding", "\u202aAda"],
  ["an isolate", "\u2066Ada\u2069"],
  ["a right-to-left mark", "Ada\u200f"],
  ["an Arabic letter mark", "Ada\u061c"],
  ["a line separator", "A\u2028da"],
  ["a Hangul filler", "\u3164"],
  ["a combining grapheme joiner", "A\u034fda"],
  ["a variation selector on a letter", "A\ufe0fda"],
  ["tag characters without a flag", "Ada\u{e0061}\u{e007f}"],
  ["a joiner behind an emoji", "😀\u200d"],
  ["a joiner between an emoji and a letter", "😀\u200dAda"],
  ["two variation selectors", "❤\ufe0f\ufe0f"],
])("[V2] a user's name is bad: %s", (_, raw) => {
  expect(parseUserName(raw)).toEqual({ ok: false, reason: "bad_name" });
});

test("[V5] a user's name with a lone surrogate is bad_name", () => {
  for (const raw of ["\ud800", "Ada\ud83d", "\udc4dAda"]) {
    expect(parseUserName(raw)).toEqual({ ok: false, reason: "bad_name" });
  }
});

test("[V2] normalising a name is idempotent", () => {
  for (const raw of [" Zoe\u0308 ", "👩🏽‍🚀", "a\u00a0b"]) {
    const parsed = parseUserName(raw);
    expect(parsed.ok && parseUserName(parsed.value)).toEqual(parsed);
  }
});

test("[A1] an id is 1 to 128 printable characters without a space", () => {
  for (const id of ["a", "guest:1", "auth0|abc", "~".repeat(128)]) {
    expect(parseUserId(id)).toEqual({ ok: true, value: id });
  }
  for (const id of ["", "a b", "a\n", "é", "~".repeat(129), "\ud800"]) {
    expect(parseUserId(id).ok).toBe(false);
  }
});
