/** The completion of the word at the caret: suggestions, choice and dismissal. */
import { expect, test } from "vitest";
import { loadEmoji } from "../../web/emoji/search.ts";
import { CompletionStore } from "../../web/store/completion-store.ts";

const given = (names: readonly string[] = ["Ada", "Adam", "Bob"]) => {
  const completion = new CompletionStore(() => names);
  const look = (text: string): void => completion.look(text, text.length);
  const offered = (): readonly string[] => completion.suggestions.value.map(({ label }) => label);
  return { completion, look, offered };
};

test("[D2] names are offered while a mention is typed, and the chosen one replaces it", () => {
  const { completion, look, offered } = given();
  look("hello");
  expect(offered()).toEqual([]);
  look("hello @ad");
  expect(offered()).toEqual(["Ada", "Adam"]);
  expect(completion.choose(1)).toEqual({ from: 6, inserts: "@Adam " });
  expect(offered()).toEqual([]);
});

test("the choice goes around both ends, and starts at the first for another text", () => {
  const { completion, look } = given();
  look("@ad");
  completion.step(-1);
  expect(completion.chosen.value).toBe(1);
  completion.step(1);
  expect(completion.chosen.value).toBe(0);
  completion.step(1);
  look("@ada");
  expect(completion.chosen.value).toBe(0);
});

test("[D2] a name that is typed whole is whole only while it is the chosen one", () => {
  const { completion, look } = given();
  look("@Ada");
  expect(completion.isWhole()).toBe(true);
  completion.step(1);
  expect(completion.isWhole()).toBe(false);
});

test("dismissed suggestions stay away for this word, and come for the next", () => {
  const { completion, look, offered } = given();
  look("@a");
  completion.dismiss();
  look("@ad");
  expect(offered()).toEqual([]);
  look("@ad @b");
  expect(offered()).toEqual(["Bob"]);
});

test("dismissed suggestions come again in another text", () => {
  const { completion, look, offered } = given();
  look("@a");
  completion.dismiss();
  completion.forget();
  look("@a");
  expect(offered()).toEqual(["Ada", "Adam"]);
});

test("nothing can be chosen without suggestions", () => {
  const { completion, look } = given();
  look("hello");
  expect(completion.choose(0)).toBeUndefined();
  look("@ad");
  expect(completion.choose(7)).toBeUndefined();
});

test("[D2] emoji are offered once their list is there", async () => {
  const { look, offered } = given();
  look("well :rocke");
  await loadEmoji();
  expect(offered()).toEqual(["🚀 rocket"]);
});
