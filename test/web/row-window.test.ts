/** The window of rows that is in the page, wherever its reader is. */
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
import { hasRow, rowsFrom, type Row, type Timeline } from "../../web/log/timeline.ts";
import { linesOf } from "../../web/text/folding.ts";
import { ADA, author, BEN, KEY } from "../domain/given.ts";
import { idOf, itemsOf, joins, leaves, misses, reacts, says, timelineOf, type Step } from "./given.ts";

/** By how many lines a window may exceed its bound: the end of a run, a day, the line above new messages. */
const FEW = 5;
/** How many lines a folded text has at most. */
const LONGEST = linesOf("a".repeat(4000));

const people = ["Ada", "Ben", "Cem", "Dea"].map((name) => author(name));
const by = constantFrom(...people);
/** Minutes between two steps: mostly of one conversation, sometimes of another day. */
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
/** A log, a random item of it, and the last item that was read. */
const logs = record({ steps, nth: nat(), read: nat() });

const wholeOf = (timeline: Timeline): readonly Row[] => rowsFrom(timeline, 0, Number.POSITIVE_INFINITY).rows;

/** An item at which a row window can start. */
const someOf = (all: readonly Item[], nth: number): WindowStart => {
  const items = all.filter(hasRow);
  return items[nth % Math.max(1, items.length)];
};

const readIn = (items: readonly Item[], nth: number): Timeline => {
  const item = someOf(items, nth);
  return timelineOf(items, item === undefined || item.type === "gap" ? {} : { newAfter: item.id });
};

const heightOf = (rows: readonly Row[]): number =>
  rows.reduce((sum, row) => sum + (row.kind === "message" ? linesOf(row.message.text ?? "") : 1), 0);

const keysOf = (rows: readonly Row[]): readonly string[] => rows.map(({ key }) => key);

/** The index of these rows among all rows; -1 if they differ. */
const placeOf = (rows: readonly Row[], whole: readonly Row[]): number => {
  const at = whole.findIndex(({ key }) => key === rows[0]?.key);
  return JSON.stringify(whole.slice(at, at + rows.length)) === JSON.stringify(rows) ? at : -1;
};

describe("a row window of a log", () => {
  test("[D2] is a slice of all rows, wherever it starts", () => {
    assert(
      property(logs, ({ steps, nth, read }) => {
        const items = itemsOf(steps);
        const timeline = readIn(items, read);
        const whole = wholeOf(timeline);
        for (const start of [undefined, someOf(items, nth)]) {
          const { rows, hasAbove, hasBelow } = rowWindowOf(timeline, start);
          if (whole.length === 0) return rows.length === 0 && !hasAbove && !hasBelow;
          const place = placeOf(rows, whole);
          // Events without a row do not count as rows above.
          if (rows.length === 0 || place < 0 || hasAbove !== place > 0) return false;
          if (hasBelow !== place + rows.length < whole.length) return false;
          if (heightOf(rows) > MOST_LINES + LONGEST + FEW) return false;
        }
        return true;
      }),
    );
  });

  test("[D2] without a start has the newest rows, and no more of them than it needs", () => {
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

  test("[R1] moves up to the first row and down to the last, and skips none", () => {
    assert(
      property(logs, ({ steps, read }) => {
        const timeline = readIn(itemsOf(steps), read);
        const whole = keysOf(wholeOf(timeline));
        let rowWindow = rowWindowOf(timeline, undefined);
        const up = new Set(keysOf(rowWindow.rows));
        while (rowWindow.hasAbove) {
          const before = rowWindow.rows[0]?.key;
          rowWindow = rowWindowOf(timeline, rowWindow.above);
          // The row that was first is still there, because the reader looks at it.
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

  test("[R1] stays at its start, whatever is added above and below", () => {
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

  test("[R1] shows the message of a link, with what is above it", () => {
    const items = itemsOf(Array.from({ length: 1000 }, () => says(ADA)));
    const timeline = timelineOf(items);
    const id = idOf(items, 400);
    const keys = keysOf(rowWindowOf(timeline, windowStartFor(timeline, id)).rows);
    expect(keys.indexOf(id)).toBe(STEP_LINES);
    expect(keys.length).toBeLessThanOrEqual(MOST_LINES + FEW);
    expect(windowStartFor(timelineOf(items.slice(500)), id)).toBeUndefined();
  });

  test("[V3] has fewer rows if the rows are longer", () => {
    const items = itemsOf(Array.from({ length: 100 }, () => ({ ...says(ADA), times: 400 })));
    const { rows } = rowWindowOf(timelineOf(items), undefined);
    expect(rows.length).toBeLessThanOrEqual(Math.ceil(STEP_LINES / LONGEST) + FEW);
  });

  test("[P1] is short in a room with years of joins and leaves, and reaches all of them", () => {
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

  test("[R4] is at the log's end if the log lost the item at its start", () => {
    const items = itemsOf(Array.from({ length: 300 }, () => says(ADA)));
    const rowWindow = rowWindowOf(timelineOf(items.slice(0, 200)), items[250]);
    expect(rowWindow.rows.at(-1)?.key).toBe(idOf(items, 199));
  });

  test("[D1] has the unsent messages only at the log's end", () => {
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
