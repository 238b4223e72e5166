/** A log as rows. */
import { expect, test } from "vitest";
import type { Author, Item, Pending } from "../../src/client/index.ts";
import { rowsFrom, type Row, type Timeline } from "../../web/log/timeline.ts";
import { ADA, BEN, KEY } from "../domain/given.ts";
import { idOf, itemsOf, joins, leaves, misses, MORNING, reacts, says, timelineOf } from "./given.ts";

const rowsOf = (items: readonly Item[], also: Partial<Timeline> = {}): readonly Row[] =>
  rowsFrom(timelineOf(items, also), 0, Number.POSITIVE_INFINITY).rows;

const namesOf = (users: readonly Author[]): string => users.map(({ name }) => name).join();

/** A row in short: its kind, the author's name if a message shows it, and who joined and left. */
const short = (row: Row): string => {
  switch (row.kind) {
    case "message":
      return row.first ? `${row.message.author.name}:` : "…";
    case "notice":
      return `+${namesOf(row.joined)} -${namesOf(row.left)}`;
    case "unsent":
      return row.first ? "unsent:" : "unsent";
    case "day":
    case "gap":
    case "newMessages":
      return row.kind;
  }
};
const shortRowsOf = (items: readonly Item[], also: Partial<Timeline> = {}): readonly string[] =>
  rowsOf(items, also).map(short);

const pending = (text: string): Pending => ({
  key: KEY,
  command: { type: "post", text },
  at: MORNING,
  state: { status: "waiting" },
});

test("[D2] an author who goes on within five minutes is named once", () => {
  const items = itemsOf([says(ADA), says(ADA, 5), says(BEN), says(ADA), says(ADA, 6)]);
  expect(shortRowsOf(items)).toEqual(["day", "Ada:", "…", "Ben:", "Ada:", "Ada:"]);
});

test("[D7] an answer names its author again", () => {
  const [first] = itemsOf([says(ADA)]);
  const items = itemsOf([says(ADA), says(ADA, 0, first === undefined ? undefined : idOf([first], 0))]);
  expect(shortRowsOf(items)).toEqual(["day", "Ada:", "Ada:"]);
});

test("[W8] an author with a new name is named again", () => {
  const items = itemsOf([says(ADA), says({ ...ADA, name: "Countess" })]);
  expect(shortRowsOf(items)).toEqual(["day", "Ada:", "Countess:"]);
});

test("[D6] an edit and a reaction have no row and end no turn", () => {
  expect(shortRowsOf(itemsOf([says(ADA), reacts(BEN), says(ADA)]))).toEqual(["day", "Ada:", "…"]);
});

test("[P1] consecutive joins and leaves are one row, with the last state of each person", () => {
  const items = itemsOf([joins(ADA), joins(BEN), leaves(ADA), says(BEN), leaves(BEN)]);
  expect(shortRowsOf(items)).toEqual(["day", "+Ben -Ada", "Ben:", "+ -Ben"]);
});

test("[V4] a day starts at the reader's midnight, whatever happens first", () => {
  const evening = new Date(2026, 10, 24, 23, 58).getTime();
  const items = itemsOf([says(ADA), joins(BEN, 1), joins(ADA, 2), says(ADA, 1)], evening);
  expect(shortRowsOf(items)).toEqual(["day", "Ada:", "+Ben -", "day", "+Ada -", "Ada:"]);
});

test("[R3] a gap has a row and ends a turn", () => {
  expect(shortRowsOf(itemsOf([says(ADA), misses, says(ADA)]))).toEqual(["day", "Ada:", "gap", "Ada:"]);
});

test("[D2] the line is above the first new message, and nowhere else", () => {
  const items = itemsOf([says(ADA), says(ADA), joins(BEN), says(ADA), says(ADA)]);
  expect(shortRowsOf(items, { newAfter: idOf(items, 1) })).toEqual([
    "day",
    "Ada:",
    "…",
    "+Ben -",
    "newMessages",
    "Ada:",
    "…",
  ]);
});

test("[D2] no line is above an own message, without new messages, or before anything was read", () => {
  const items = itemsOf([says(BEN), says(ADA), says(BEN)]);
  const me = ADA.id;
  expect(shortRowsOf(items, { newAfter: idOf(items, 0), me })).not.toContain("newMessages");
  expect(shortRowsOf(items, { newAfter: idOf(items, 2), me })).not.toContain("newMessages");
  expect(shortRowsOf(items, { me })).not.toContain("newMessages");
});

test("[D1] unsent messages are at the end, in the user's own turn if it lasts", () => {
  const unsent = [pending("one"), pending("two")];
  const me = ADA.id;
  expect(shortRowsOf(itemsOf([says(ADA)]), { unsent, me }).slice(2)).toEqual(["unsent", "unsent"]);
  expect(shortRowsOf(itemsOf([says(BEN)]), { unsent, me }).slice(2)).toEqual(["unsent:", "unsent"]);
  expect(shortRowsOf([], { unsent, me })).toEqual(["unsent:", "unsent"]);
});
