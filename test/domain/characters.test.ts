/**
 * Tests of counting characters, which are code points.
 */
import { describe, expect, test } from "vitest";
import { countCharacters, hasLength, isWellFormed } from "../../src/domain/characters.ts";

describe("characters", () => {
  test.each([
    ["", 0],
    ["abc", 3],
    ["👍", 1],
    ["👍🏽", 2],
    ["e\u0301", 2],
    ["\ud800", 1],
    ["\udc00\ud800", 2],
  ])("[V3] %j has %d characters", (text, count) => {
    expect(countCharacters(text)).toBe(count);
  });

  test("[V5] text with a lone surrogate anywhere is not well-formed", () => {
    for (const lone of ["\ud800", "\udfff", "a\ud83d", "\udc4da", "\udc4d\ud83d"]) {
      expect(isWellFormed(lone)).toBe(false);
    }
    expect(isWellFormed("👍 \u0000 \uffff")).toBe(true);
  });

  test("[V1] [V2] a length is counted in characters, at both bounds", () => {
    expect(hasLength("", 3)).toBe(false);
    expect(hasLength("a", 3)).toBe(true);
    expect(hasLength("👍👍👍", 3)).toBe(true);
    expect(hasLength("👍👍👍👍", 3)).toBe(false);
    expect(hasLength("abcd", 3)).toBe(false);
    expect(hasLength("a".repeat(100_000_000), 3)).toBe(false);
  });
});
