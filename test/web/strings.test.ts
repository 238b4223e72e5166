/** Strings that name people: a few by their names, many by their number. */
import { describe, expect, test } from "vitest";
import { strings } from "../../web/strings.ts";

const guests = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `Guest ${index + 1}`);

/** Without the characters that isolate a name's direction. */
const plain = (words: string): string => words.replaceAll(/[\u2068\u2069]/gu, "");

describe("joins and leaves", () => {
  test.for([
    [1, "Guest 1 joined"],
    [2, "Guest 1 and Guest 2 joined"],
    [5, "Guest 1, Guest 2, Guest 3, Guest 4, and Guest 5 joined"],
    [6, "Guest 1, Guest 2, Guest 3, Guest 4, Guest 5, and 1 other joined"],
    [1205, "Guest 1, Guest 2, Guest 3, Guest 4, Guest 5, and 1,200 others joined"],
  ] as const)("[P4] of %i people are named, or counted if they are many", ([count, words]) => {
    expect(plain(strings.log.joined(guests(count)))).toBe(words);
    expect(plain(strings.log.left(guests(count)))).toBe(words.replace("joined", "left"));
  });

  test("[V2] isolate the direction of each name, and not of the count", () => {
    expect(strings.log.left(["דנה", "Bob"])).toBe("\u2068דנה\u2069 and \u2068Bob\u2069 left");
    expect(strings.log.joined(guests(6))).not.toContain("\u20681 other");
  });
});

describe("a reaction", () => {
  const said = (mine: boolean, others: number): string =>
    plain(strings.message.reaction("🎉", mine, guests(others)));

  test("[D7] names its authors, the user first", () => {
    expect(said(true, 0)).toBe("🎉 1: you");
    expect(said(false, 1)).toBe("🎉 1: Guest 1");
    expect(said(true, 2)).toBe("🎉 3: you, Guest 1, and Guest 2");
  });

  test("[D7] of many authors names some and counts the others", () => {
    expect(said(true, 12)).toMatch(/^🎉 13: you, Guest 1, .*, Guest 11, and 1 other$/);
    expect(said(false, 1012)).toMatch(/^🎉 1,012: Guest 1, .*, Guest 12, and 1,000 others$/);
  });
});
