/**
 * Characters are code points.
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
  ])("[V3] of %j there are %d", (text, count) => {
    expect(countCharacters(text)).toBe(count);
  });

  test("[V5] a lone surrogate is not well-formed, wherever it stands", () => {
    for (const lone of ["\ud800", "\udfff", "a\ud83d", "\udc4da", "\udc4d\ud83d"]) {
      expect(isWellFormed(lone)).toBe(false);
    }
    expect(isWellFormed("👍 \u0000 \uffff")).toBe(true);
  });

  test("[V1] [V2] a length is counted in characters, at both edges", () => {
    expect(hasLength("", 3)).toBe(false);
    expect(hasLength("a", 3)).toBe(true);
    expect(hasLength("👍👍👍", 3)).toBe(true);
    expect(hasLength("👍👍👍👍", 3)).toBe(false);
    expect(hasLength("abcd", 3)).toBe(false);
    expect(hasLength("a".repeat(100_000_000), 3)).toBe(false);
  });
});
