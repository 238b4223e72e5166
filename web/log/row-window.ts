/**
 * The part of a room's log that is in the page: a window of rows, measured in lines, that moves with its
 * reader. A room of many thousand messages costs no more than one of some hundred, both to show and to
 * update. The window is anchored to the item at its start, whatever is added before or after that item. At
 * the log's end it is anchored to the end.
 */
import type { Item } from "../../src/client/index.ts";
import { timeOf, type Position } from "../../src/domain/position.ts";
import { dayOf, isIn, type Day } from "./day.ts";
import { heightOf, isMove, hasRow, rowsFrom, type Row, type Timeline } from "./timeline.ts";

/**
 * By how many lines the window moves, and how many it has at the log's end. This is more than the highest
 * screen shows.
 */
export const STEP_LINES = 80;
/**
 * How many lines it has at the log's end when it is shown first: about one screen, so that it appears sooner.
 */
export const FIRST_LINES = 25;
/** How many lines it has at most. It may exceed that by what belongs to its last row. */
export const MOST_LINES = 200;

/** The item at the window's start; undefined at the log's end. */
export type WindowStart = Item | undefined;

export interface RowWindow {
  readonly rows: readonly Row[];
  /** Whether the client holds more items above the window, or below it. */
  readonly hasAbove: boolean;
  readonly hasBelow: boolean;
  /** The window's start after the reader has moved up, or down, by one step. */
  readonly above: WindowStart;
  readonly below: WindowStart;
  /** The window's start now. It keeps the window in place when items are added at the end. */
  readonly start: WindowStart;
}

const isFirstWithRow = (items: readonly Item[], index: number): boolean => {
  for (let at = index - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item !== undefined && hasRow(item)) return false;
  }
  return true;
};

/**
 * The index of an item that starts a row, `lines` lines above another index; 0 if there are not that many.
 */
const linesAbove = ({ items, message }: Timeline, from: number, lines: number): number => {
  let day: Day | undefined;
  let isRun = false;
  let begin = from;
  let left = lines;
  for (let at = from - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item === undefined || !hasRow(item)) continue;
    const goesOn = isRun && isMove(item) && isIn(day, timeOf(item.id));
    if (!goesOn) {
      if (left <= 0) return begin;
      left -= item.type === "message.posted" ? heightOf(message(item.id)) : 1;
      if (item.type !== "gap" && !isIn(day, timeOf(item.id))) {
        // A row separates two days.
        if (day !== undefined) left -= 1;
        day = dayOf(timeOf(item.id));
      }
    }
    isRun = isMove(item);
    begin = at;
  }
  return begin;
};

/** The index at which the row of an item starts. Joins and leaves right above the item belong to it. */
const headOf = (items: readonly Item[], index: number): number => {
  const item = items[index];
  if (item === undefined || item.type === "gap") return index;
  const day = dayOf(timeOf(item.id));
  let head = index;
  for (let at = index - 1; at >= 0; at -= 1) {
    const above = items[at];
    if (above === undefined || !hasRow(above)) continue;
    if (!isMove(above) || !isIn(day, timeOf(above.id))) break;
    head = at;
  }
  return head;
};

const beginAt = (timeline: Timeline, index: number, lines = STEP_LINES): number =>
  headOf(timeline.items, linesAbove(timeline, index, lines));

/** `atEnd`: how many lines the window has at the log's end. */
export const rowWindowOf = (timeline: Timeline, start: WindowStart, atEnd = STEP_LINES): RowWindow => {
  const { items } = timeline;
  const at = start === undefined ? -1 : items.lastIndexOf(start);
  const from = at < 0 ? beginAt(timeline, items.length, atEnd) : headOf(items, at);
  const { rows, begins, above, end } = rowsFrom(timeline, from, MOST_LINES);
  return {
    rows,
    hasAbove: !isFirstWithRow(items, from),
    hasBelow: end < items.length,
    above: items[beginAt(timeline, from)],
    below: items[begins[above.findIndex((lines) => lines >= STEP_LINES)] ?? from],
    start: items[from],
  };
};

/**
 * The start of a window that shows a message and what is above it; undefined if the client does not hold the
 * message.
 */
export const windowStartFor = (timeline: Timeline, message: Position): WindowStart => {
  const { items } = timeline;
  const index = items.findLastIndex((item) => item.type === "message.posted" && item.id === message);
  return index < 0 ? undefined : items[beginAt(timeline, index)];
};
