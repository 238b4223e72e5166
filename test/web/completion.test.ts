/** Which terms before the caret can be completed, and the suggestions for them. */
import { describe, expect, test } from "vitest";
import { EMOJI } from "../../web/emoji/list.ts";
import { emojiClosed, suggestionsFor, termBefore } from "../../web/text/completion.ts";

const termAt = (text: string): string | undefined => {
  const term = termBefore(text, text.length);
  return term === undefined ? undefined : `${term.kind} ${term.query} from ${term.from}`;
};

const offered = (text: string, names: readonly string[] = []): readonly string[] => {
  const term = termBefore(text, text.length);
  if (term === undefined) return [];
  return suggestionsFor(term, names, EMOJI).map(({ label, isWhole }) =>
    isWhole ? `${label} (whole)` : label,
  );
};

describe("the term before the caret", () => {
  test.for([
    ["@", "mention  from 0"],
    ["hello (@Ad", "mention Ad from 7"],
    ["@Ada\u00A0Lo", "mention Ada\u00A0Lo from 0"],
    ["ada@ad", undefined],
    ["@Ada ", undefined],
    ["well :ta", "emoji ta from 5"],
    ["🎉:ta", "emoji ta from 2"],
    ["at 10:30", undefined],
    [":t", undefined],
  ] as const)("[D2] in %j is %s", ([text, expected]) => {
    expect(termAt(text)).toBe(expected);
  });
});

describe("the suggestions", () => {
  const names = ["Ada Lovelace", "Bob", "Ada", "Ada", "Grace Ada Hopper"];

  test("[D2] for a mention are the names with a word that starts so, a fully typed one first", () => {
    expect(offered("@ad", names)).toEqual(["Ada Lovelace", "Ada", "Grace Ada Hopper"]);
    expect(offered("@ADA", names)).toEqual(["Ada (whole)", "Ada Lovelace", "Grace Ada Hopper"]);
    expect(offered("@Ada\u00A0Lovelace", names)).toEqual(["Ada Lovelace (whole)"]);
    expect(offered("@Lovelace", names)).toEqual(["Ada Lovelace"]);
    expect(offered("@Zed", names)).toEqual([]);
  });

  test("[D2] for an emoji are never fully typed already", () => {
    expect(offered(":rocket")[0]).toBe("🚀 rocket");
  });
});

test("[D2] an emoji's name becomes the emoji at its closing colon", () => {
  expect(emojiClosed("to :rocket:", 11, EMOJI)).toEqual({ from: 3, emoji: "🚀" });
  expect(emojiClosed("to :no_such_thing:", 18, EMOJI)).toBeUndefined();
  expect(emojiClosed(":rocket: is here", 16, EMOJI)).toBeUndefined();
});
