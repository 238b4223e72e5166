/** Where a text may be cut, and which of its clusters are oversized. */
import { array, assert, constantFrom, nat, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { headOf, hasOversizedCluster, partsOf, runsOf } from "../../web/text/clusters.ts";
import { HOSTILE_TEXTS } from "../e2e/support/hostile-texts.ts";

/** Texts of characters that join the previous or the next one, in any order. */
const clinging = array(
  constantFrom(
    "a",
    "é",
    "字",
    "😀",
    "👩",
    "\u200D",
    "\u0301",
    "\uFE0F",
    "🏽",
    "\u0915",
    "\u094D",
    "\u1100",
    "\u1161",
    "\n",
  ),
  { maxLength: 300, size: "max" },
).map((parts) => parts.join(""));

describe("a text", () => {
  test("[V3] loses nothing when it is split into head, parts or runs, and no character is cut", () => {
    assert(
      property(clinging, nat({ max: 200 }), (text, most) => {
        const head = headOf(text, most + 1);
        expect(text.startsWith(head)).toBe(true);
        expect(head.length).toBeLessThanOrEqual(most + 1);
        expect(head.isWellFormed()).toBe(true);
        const parts = partsOf(text, most + 2);
        expect(parts.join("") === text && parts.every((part) => part.isWellFormed())).toBe(true);
        expect(runsOf(text).flat().join("") === text).toBe(true);
      }),
    );
  });

  test("is cut before a whole cluster", () => {
    expect(headOf("ab👩‍👩‍👧‍👦cd", 5)).toBe("ab");
    expect(headOf("abe\u0301\u0323cd", 4)).toBe("ab");
    expect(headOf("abcd", 4)).toBe("abcd");
  });

  test.for([
    "marks on one letter",
    "marks on every letter",
    "joined without end",
    "variations without end",
    "a syllable without end",
    "jamo of one syllable",
  ] as const)("[V3] of %s is a heap, in pieces that are short", (name) => {
    expect(hasOversizedCluster(HOSTILE_TEXTS[name])).toBe(true);
    const longest = runsOf(HOSTILE_TEXTS[name])
      .flat()
      .map((piece) => [...piece].length);
    expect(Math.max(...longest)).toBeLessThanOrEqual(16);
  });

  test.for([
    "Zu\u0308rich, Vie\u0302\u0323t Nam, \u05D1\u05B0\u05BC\u05E8\u05B5\u05D0\u05E9\u05B4\u05C1\u05D9\u05EA",
    "क्षेत्रीय स्वातन्त्र्य",
    "한국어로 쓴 긴 문장입니다 그리고 더 길게".normalize("NFD"),
    "👩‍👩‍👧‍👦👨🏽‍❤️‍💋‍👨🏿🏴󠁧󠁢󠁳󠁣󠁴󠁿".repeat(50),
  ])("[V3] as people write it has no heap: %s", (text) => {
    expect(hasOversizedCluster(text)).toBe(false);
    expect(runsOf(text)).toEqual([text]);
  });
});
