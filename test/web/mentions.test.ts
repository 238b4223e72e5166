/** The mentions in a text, by the known names. */
import { array, assert, constantFrom, property } from "fast-check";
import { describe, expect, test } from "vitest";
import { folded, isMentioned, mentionOf, NO_NAMES, piecesOf, type Names } from "../../web/text/mentions.ts";

const namesOf = (...names: readonly string[]): Names => {
  const all = new Set(names.map(folded));
  return { has: (name) => all.has(name), longest: Math.max(...names.map((name) => folded(name).length)) };
};

/** The text with mentions in brackets; mentions of the user are in angle brackets. */
const marked = (text: string, own: string, names: Names = NO_NAMES): string =>
  piecesOf(text, own, names)
    .map((piece) => ({ me: `<${piece.text}>`, other: `[${piece.text}]`, none: piece.text })[piece.mentions])
    .join("");

describe("a mention of the user", () => {
  test.for([
    ["hello @Ada", true],
    ["@ada, hello", true],
    ["(@ADA)", true],
    ["@Ada’s turn", true],
    ["@Adam", false],
    ["@Adalbert", false],
    ["ada@ada.example", false],
    ["https://example.com/@Ada", false],
    ["Ada", false],
  ] as const)("[V3] in %j is Ada's: %s", ([text, expected]) => {
    expect(isMentioned(text, "Ada", NO_NAMES)).toBe(expected);
  });

  test("[V2] matches exactly a name that looks like a pattern or has an emoji", () => {
    expect(isMentioned("@a.b", "a.b", NO_NAMES)).toBe(true);
    expect(isMentioned("@axb", "a.b", NO_NAMES)).toBe(false);
    expect(isMentioned("@(+", "(+", NO_NAMES)).toBe(true);
    expect(marked("@Ada 🚀 and @👩‍💻, not @👩", "👩‍💻", namesOf("Ada 🚀"))).toBe("[@Ada 🚀] and <@👩‍💻>, not @👩");
    expect(isMentioned("@👩‍💻", "👩", NO_NAMES)).toBe(false);
    expect(isMentioned("@👍🏽", "👍", NO_NAMES)).toBe(false);
  });

  test("[V2] is the short name if the text does not have all of a longer one", () => {
    const names = namesOf("Ada", "Ada Lovelace", "Ada-Marie");
    expect(marked("@Ada Lovelace @Ada love @Ada-Marie", "Ada", names)).toBe(
      "[@Ada Lovelace] <@Ada> love [@Ada-Marie]",
    );
    expect(marked(`${mentionOf("Ada Lovelace")} is not here`, "Ada")).toBe(
      "[@Ada\u00A0Lovelace] is not here",
    );
  });
});

describe("a mention of another person", () => {
  test("[V2] of a known name of several words ends with the name", () => {
    const names = namesOf("Ada Lovelace", "Grace Hopper");
    expect(marked("ask @Grace Hopper or @ada lovelace now", "Ada Lovelace", names)).toBe(
      "ask [@Grace Hopper] or <@ada lovelace> now",
    );
    expect(marked("ask @Ada Lovelace, @Ada Lovelaces and @Ada", "Bob", names)).toBe(
      "ask [@Ada Lovelace], [@Ada] Lovelaces and [@Ada]",
    );
  });

  test("[V2] is the longest of the names that match", () => {
    const names = namesOf("Jo", "Jo An", "Jo An Smith", "C++ Bot (beta)");
    expect(marked("@Jo An Smith! @Jo An, @Jo Ann; @c++ bot (beta)", "Jo", names)).toBe(
      "[@Jo An Smith]! [@Jo An], <@Jo> Ann; [@c++ bot (beta)]",
    );
  });

  test("[V2] that was completed is whole for an unknown name; one that was typed ends with its word", () => {
    expect(marked(`ask ${mentionOf("Grace Hopper")} or @Ada Lovelace now`, "Ada Lovelace")).toBe(
      "ask [@Grace\u00A0Hopper] or <@Ada Lovelace> now",
    );
    expect(marked(mentionOf("Grace Hopper"), "Bob", namesOf("Grace"))).toBe("[@Grace\u00A0Hopper]");
    expect(marked("@Grace Hopper", "Bob")).toBe("[@Grace] Hopper");
    expect(marked("Names: @Zoë, @字.", "Bob")).toBe("Names: [@Zoë], [@字].");
    expect(marked("@ @@ a@b.example", "Bob", namesOf("b"))).toBe("@ @@ a@b.example");
  });

  test("[V3] ends with its line", () => {
    expect(marked("@Ada\nLovelace", "Ada Lovelace", namesOf("Ada Lovelace"))).toBe("[@Ada]\nLovelace");
  });
});

test("[V3] no character of a text is lost, and no two pieces without a mention are adjacent", () => {
  const text = array(constantFrom(..."@@Aad İßΣ-.'\u00A0\n🚀\u200D", "Ada Lovelace", "👍🏽"), {
    minLength: 1,
    maxLength: 40,
  });
  const names = namesOf("Ada Lovelace", "Aa", "🚀", "İ", "Σ");
  assert(
    property(text, (parts) => {
      const whole = parts.join("");
      const pieces = piecesOf(whole, "Ad", names);
      expect(pieces.map((piece) => piece.text).join("")).toBe(whole);
      expect(pieces.every(({ text: piece }) => piece !== "")).toBe(true);
      expect(
        pieces.some(({ mentions }, at) => mentions === "none" && pieces[at + 1]?.mentions === "none"),
      ).toBe(false);
    }),
    { numRuns: 500 },
  );
});

test("[V2] every letter is folded by itself, to the same length", () => {
  const grown: string[] = [];
  for (let code = 0; code <= 0x1_ff_ff; code += 1) {
    const one = String.fromCodePoint(code);
    const among = folded(`a${one}.a ${one}`);
    const alone = folded(one);
    if (alone.length !== one.length || among !== `a${alone}.a ${alone}`) grown.push(one);
  }
  expect(grown).toEqual([]);
  expect(marked("@ΝΊΚΟΣ.α, @İPEK ç", "Νίκος", namesOf("İpek Ç"))).toBe("<@ΝΊΚΟΣ>.α, [@İPEK ç]");
});

test("[P6] looking up a name among ten thousand costs the same as among ten", () => {
  const asked: string[] = [];
  const spied = (names: Names): Names => ({
    ...names,
    has: (name) => {
      asked.push(name);
      return names.has(name);
    },
  });
  const many = namesOf(...Array.from({ length: 10_000 }, (_, index) => `Guest number ${index}`));
  expect(marked("all: @guest number 9999, welcome", "Ada", spied(many))).toBe(
    "all: [@guest number 9999], welcome",
  );
  expect(asked.length).toBeLessThan(20);
});
