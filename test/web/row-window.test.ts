/**
 * Which part of a log is in the page, wherever its reader is.
 */
import {
  array,
  assert,
  constant,
  constantFrom,
  integer,
  nat,
  oneof,
  property,
  record,
  type Arbitrary,
} from "fast-check";
import { describe, expect, test } from "vitest";
import type { Item } from "../../src/client/index.ts";
import {
  windowStartFor,
  MOST_LINES,
  STEP_LINES,
  rowWindowOf,
  type WindowStart,
} from "../../web/log/row-window.ts";
import { isSeen, rowsFrom, type Row, type Timeline } from "../../web/log/timeline.ts";
import { linesOf } from "../../web/text/folding.ts";
import { ADA, author, BEN, KEY } from "../domain/given.ts";
import { idOf, itemsOf, joins, leaves, misses, reacts, says, timelineOf, type Step } from "./given.ts";

/** What belongs to the last row of a row window at most: a run's end, a day, the line above what is new. */
const FEW = 5;
/** How many lines a text has at most before one asks for all of it. */
const LONGEST = linesOf("a".repeat(4000));

const people = ["Ada", "Ben", "Cem", "Dea"].map((name) => author(name));
const by = constantFrom(...people);
/** Minutes: mostly of one conversation, at times of another day. */
const after = oneof(
  { weight: 20, arbitrary: nat(9) },
  { weight: 1, arbitrary: integer({ min: 600, max: 3000 }) },
);
const moves = (does: "joins" | "leaves" | "reacts"): Arbitrary<Step> =>
  record({ does: constant(does), by, after });
const posts: Arbitrary<Step> = record({
  does: constant("says"),
  by,
  after,
  times: oneof(
    { weight: 9, arbitrary: constant(1) },
    { weight: 1, arbitrary: integer({ min: 1, max: 400 }) },
  ),
});
const steps: Arbitrary<readonly Step[]> = array(
  oneof(
    { weight: 6, arbitrary: posts },
    { weight: 3, arbitrary: moves("joins") },
    { weight: 2, arbitrary: moves("leaves") },
    { weight: 2, arbitrary: moves("reacts") },
    { weight: 1, arbitrary: constant(misses) },
  ),
  { maxLength: 700, size: "max" },
);
/** A log, an item of it by chance, and up to where it was read. */
const logs = record({ steps, nth: nat(), read: nat() });

const wholeOf = (timeline: Timeline): readonly Row[] => rowsFrom(timeline, 0, Number.POSITIVE_INFINITY).rows;

/** An item that a row window can begin with. */
const someOf = (all: readonly Item[], nth: number): WindowStart => {
  const items = all.filter(isSeen);
  return items[nth % Math.max(1, items.length)];
};

const readIn = (items: readonly Item[], nth: number): Timeline => {
  const item = someOf(items, nth);
  return timelineOf(items, item === undefined || item.type === "gap" ? {} : { readUpTo: item.id });
};

const heightOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + (row.kind === "message" ? linesOf(row.message.text ?? "") : 1), 0);

const keysOf = (rows: readonly Row[]): readonly string[] => rows.map(({ key }) => key);

/** Where these rows stand among all; -1 where they are not as they are there. */
const placeOf = (rows: readonly Row[], whole: readonly Row[]): number => {
  const at = whole.findIndex(({ key }) => key === rows[0]?.key);
  return JSON.stringify(whole.slice(at, at + rows.length)) === JSON.stringify(rows) ? at : -1;
};

describe("a row window of a log", () => {
  test("[D2] is a part of the whole, row by row as it stands there, wherever it begins", () => {
    assert(
      property(logs, ({ steps, nth, read }) => {
        const items = itemsOf(steps);
        const timeline = readIn(items, read);
        const whole = wholeOf(timeline);
        for (const start of [undefined, someOf(items, nth)]) {
          const { rows, hasAbove, hasBelow } = rowWindowOf(timeline, start);
          if (whole.length === 0) return rows.length === 0 && !hasAbove && !hasBelow;
          const place = placeOf(rows, whole);
          // Silent events in front of the first row are no row above it.
          if (rows.length === 0 || place < 0 || hasAbove !== place > 0) return false;
          if (hasBelow !== place + rows.length < whole.length) return false;
          if (heightOf(rows) > MOST_LINES + LONGEST + FEW) return false;
        }
        return true;
      }),
    );
  });

  test("[D2] has the newest where it begins nowhere, and no more of them than are needed", () => {
    assert(
      property(logs, ({ steps, read }) => {
        const timeline = readIn(itemsOf(steps), read);
        const whole = wholeOf(timeline);
        const { rows } = rowWindowOf(timeline, undefined);
        return (
          rows.at(-1)?.key === whole.at(-1)?.key &&
          (heightOf(rows) >= STEP_LINES || rows.length === whole.length) &&
          heightOf(rows) <= STEP_LINES + LONGEST + FEW
        );
      }),
    );
  });

  test("[R1] goes up to the first row and down to the last, and leaves none out", () => {
    assert(
      property(logs, ({ steps, read }) => {
        const timeline = readIn(itemsOf(steps), read);
        const whole = keysOf(wholeOf(timeline));
        let rowWindow = rowWindowOf(timeline, undefined);
        const up = new Set(keysOf(rowWindow.rows));
        while (rowWindow.hasAbove) {
          const before = rowWindow.rows[0]?.key;
          rowWindow = rowWindowOf(timeline, rowWindow.above);
          // What was first is still there: the reader looks at it.
          if (!rowWindow.rows.some(({ key }) => key === before)) return false;
          for (const key of keysOf(rowWindow.rows)) up.add(key);
        }
        const down = new Set(keysOf(rowWindow.rows));
        while (rowWindow.hasBelow) {
          const before = rowWindow.rows.at(-1)?.key;
          rowWindow = rowWindowOf(timeline, rowWindow.below);
          if (!rowWindow.rows.some(({ key }) => key === before)) return false;
          for (const key of keysOf(rowWindow.rows)) down.add(key);
        }
        return up.size === whole.length && down.size === whole.length;
      }),
    );
  });

  test("[R1] stays where it begins, whatever is loaded above it and comes below it", () => {
    assert(
      property(logs, steps, ({ steps: some, nth }, more) => {
        const items = itemsOf([...some, ...more]);
        const start = someOf(items.slice(0, some.length), nth);
        if (start === undefined || start.type !== "message.posted") return true;
        const at = items.indexOf(start);
        const short = rowWindowOf(timelineOf(items.slice(at, some.length)), start);
        const long = rowWindowOf(timelineOf(items), start);
        return [short, long].every(({ rows }) => rows.findIndex(({ key }) => key === start.id) < FEW);
      }),
    );
  });

  test("[R1] is at the message that a link names, with what is above it", () => {
    const items = itemsOf(Array.from({ length: 1000 }, () => says(ADA)));
    const timeline = timelineOf(items);
    const id = idOf(items, 400);
    const keys = keysOf(rowWindowOf(timeline, windowStartFor(timeline, id)).rows);
    expect(keys.indexOf(id)).toBe(STEP_LINES);
    expect(keys.length).toBeLessThanOrEqual(MOST_LINES + FEW);
    expect(windowStartFor(timelineOf(items.slice(500)), id)).toBeUndefined();
  });

  test("[V3] has the fewer rows the longer they are", () => {
    const items = itemsOf(Array.from({ length: 100 }, () => ({ ...says(ADA), times: 400 })));
    const { rows } = rowWindowOf(timelineOf(items), undefined);
    expect(rows.length).toBeLessThanOrEqual(Math.ceil(STEP_LINES / LONGEST) + FEW);
  });

  test("[P1] is short in a room where people only come and go for years, and has them all by and by", () => {
    const days = 900;
    const items = itemsOf(
      Array.from({ length: days }, () => [
        joins(ADA, 700),
        reacts(ADA),
        leaves(ADA, 1),
        joins(BEN, 739),
      ]).flat(),
    );
    const timeline = timelineOf(items);
    const whole = wholeOf(timeline);
    let rowWindow = rowWindowOf(timeline, undefined);
    const seen = new Set(keysOf(rowWindow.rows));
    while (rowWindow.hasAbove) {
      rowWindow = rowWindowOf(timeline, rowWindow.above);
      expect(rowWindow.rows.length).toBeLessThanOrEqual(MOST_LINES + FEW);
      for (const key of keysOf(rowWindow.rows)) seen.add(key);
    }
    expect(seen.size).toBe(whole.length);
  });

  test("[R4] is at the newest again where the log lost what it began with", () => {
    const items = itemsOf(Array.from({ length: 300 }, () => says(ADA)));
    const rowWindow = rowWindowOf(timelineOf(items.slice(0, 200)), items[250]);
    expect(rowWindow.rows.at(-1)?.key).toBe(idOf(items, 199));
  });

  test("[D1] has what is unsent where it has the newest, and only there", () => {
    const items = itemsOf([...Array.from({ length: 500 }, () => says(ADA)), leaves(BEN)]);
    const unsent = timelineOf(items, {
      unsent: [
        {
          key: KEY,
          command: { type: "post", text: "soon" },
          at: 0,
          state: { status: "waiting" },
        },
      ],
    });
    expect(rowWindowOf(unsent, undefined).rows.at(-1)?.kind).toBe("unsent");
    expect(rowWindowOf(unsent, items[0]).rows.some(({ kind }) => kind === "unsent")).toBe(false);
  });
});
