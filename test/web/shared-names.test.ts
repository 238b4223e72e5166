/**
 * Which names of a room need a mark: those that several users bear, or that look alike.
 */
import { expect, test } from "vitest";
import { NameIndex } from "../../web/text/shared-names.ts";

const LOOKALIKES = new Map([["В", "B"]]);

const indexOf = (...users: readonly (readonly [string, string])[]): NameIndex => {
  const index = new NameIndex(LOOKALIKES);
  for (const [id, name] of users) index.add(id, name);
  return index;
};

test("[A1] a name of one user is not shared, however often it is seen", () => {
  const index = indexOf(["1", "Ada"], ["1", "Ada"], ["2", "Ben"]);
  expect([index.has("Ada"), index.has("Ben"), index.has("Cleo")]).toEqual([false, false, false]);
});

test("[A1] a name of two users is shared", () => {
  const index = indexOf(["1", "Ada"], ["2", "Ada"], ["3", "Ben"]);
  expect([index.has("Ada"), index.has("Ben")]).toEqual([true, false]);
});

test("[V2] names that look alike are both shared", () => {
  const index = indexOf(["1", "В"], ["2", "B"]);
  expect([index.has("В"), index.has("B")]).toEqual([true, true]);
});

test("[W8] a user who takes another name back shares nothing with themselves", () => {
  const index = indexOf(["1", "Ada"], ["1", "В"], ["1", "B"], ["1", "Ada"]);
  expect([index.has("Ada"), index.has("B")]).toEqual([false, false]);
});

test("[A1] an index says when one more name has become shared", () => {
  const index = new NameIndex();
  expect(index.add("1", "Ada")).toBe(false);
  expect(index.add("2", "Ben")).toBe(false);
  expect(index.add("2", "Ada")).toBe(true);
  expect(index.add("3", "Ada")).toBe(false);
});
