/**
 * Who is spoken to in a text.
 */
import { describe, expect, test } from "vitest";
import { isMentioned, mentionOf, piecesOf } from "../../web/mentions.ts";

describe("a mention", () => {
  test.for([
    ["hello @Ada", true],
    ["@ada, hello", true],
    ["(@ADA)", true],
    ["@Adam", false],
    ["ada@ada.example", false],
    ["https://example.com/@Ada", false],
    ["Ada", false],
  ] as const)("[V3] in %j is Ada's: %s", ([text, expected]) => {
    expect(isMentioned(text, "Ada")).toBe(expected);
  });

  test("[V2] of a name of several words ends where the name does", () => {
    expect(piecesOf(`ask ${mentionOf("Grace Hopper")} or @Ada Lovelace now`, "Ada Lovelace")).toEqual([
      { text: "ask ", who: "nobody" },
      { text: "@Grace\u00A0Hopper", who: "somebody" },
      { text: " or ", who: "nobody" },
      { text: "@Ada Lovelace", who: "me" },
      { text: " now", who: "nobody" },
    ]);
  });

  test("[V2] of a name that looks like a pattern is that name's alone", () => {
    expect(isMentioned("@a.b", "a.b")).toBe(true);
    expect(isMentioned("@axb", "a.b")).toBe(false);
    expect(isMentioned("@(+", "(+")).toBe(true);
  });
});
