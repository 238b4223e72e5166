/**
 * Tests of room names: which are valid, and that two spellings of a name are the same room.
 */
import { expect, test } from "vitest";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { seededRandom } from "../support/seeded-random.ts";

test.each([
  ["lobby", "lobby"],
  ["Lobby", "lobby"],
  ["A.b_c-9", "a.b_c-9"],
  ["7", "7"],
  ["٣٤", "٣٤"],
  ["ß", "ß"],
  ["STRASSE", "strasse"],
  ["İ", "i\u0307"],
  ["Cafe\u0301", "café"],
  // This letter is a single character in lower case only.
  ["H\u0331", "\u1e96"],
  ["हिन्दी", "हिन्दी"],
  ["ภาษาไทย", "ภาษาไทย"],
  ["日本語", "日本語"],
  ["𝒳", "𝒳"],
  ["a".repeat(64), "a".repeat(64)],
  ["𐐀".repeat(64), "𐐨".repeat(64)],
  ["e\u0301".repeat(64), "é".repeat(64)],
  ["__proto__".slice(2), "proto__"],
])("[V1] %j is the room %j", (raw, name) => {
  expect(parseRoomName(raw)).toEqual({ ok: true, value: name });
});

test.each([
  ["empty", ""],
  ["65 characters", "a".repeat(65)],
  ["64 characters that become 128 in lower case", "İ".repeat(64)],
  ["a megabyte", "a".repeat(1_000_000)],
  ["a hyphen first", "-a"],
  ["an underscore first", "__proto__"],
  ["a full stop first", ".well-known"],
  ["a mark first", "\u0301a"],
  ["a space", "a b"],
  ["a space before", " a"],
  ["a line feed behind", "a\n"],
  ["a slash", "a/b"],
  ["a zero-width space", "a\u200bb"],
  ["a zero-width joiner", "a\u200db"],
  ["an override", "a\u202eb"],
  ["NUL", "a\u0000"],
  ["an emoji", "a👍"],
  ["a numeral that is not a digit", "Ⅷ"],
  ["a superscript", "a²"],
  ["markup", "<b>"],
  ["braces of a hash tag", "a{b}"],
])("[V1] a room's name is bad: %s", (_, raw) => {
  expect(parseRoomName(raw)).toEqual({ ok: false, reason: "bad_room" });
});

test("[V5] a room's name with a lone surrogate is bad_room", () => {
  for (const raw of ["\ud800", "a\ud83d", "\udc4da"]) {
    expect(parseRoomName(raw)).toEqual({ ok: false, reason: "bad_room" });
  }
});

test("[V1] normalising is idempotent, and every case and Unicode form of a name gives the same name", () => {
  const { below, pick } = seededRandom(1);
  const letters = [
    "a",
    "Z",
    "É",
    "e\u0301",
    "ß",
    "İ",
    "ı",
    "Σ",
    "ς",
    "ǅ",
    "Å",
    "ﬁ",
    "ㅏ",
    "각",
    "9",
    "-",
    "_",
    ".",
  ];
  for (let round = 0; round < 2000; round += 1) {
    const raw = Array.from({ length: 1 + below(8) }, () => pick(letters)).join("");
    const parsed = parseRoomName(raw);
    if (!parsed.ok) continue;
    expect(parseRoomName(parsed.value)).toEqual(parsed);
    expect(parseRoomName(raw.normalize("NFD"))).toEqual(parsed);
    expect(parsed.value).toBe(parsed.value.normalize("NFC").toLowerCase());
  }
});
