/**
 * Which part of a room's log is in the page: a window of rows, measured in lines, that moves with its reader, so that a room of many thousands costs
 * no more than one of some hundred, in the page and in each step that brings something new. It hangs on the item that it begins with, whatever comes
 * before or after that one; at the newest it hangs on the end.
 */
import type { Item } from "../../src/client/index.ts";
import { timeOf, type Position } from "../../src/domain/position.ts";
import { dayOf, isIn, type Day } from "./day.ts";
import { heightOf, isMove, isSeen, rowsFrom, type Row, type Timeline } from "./timeline.ts";

/** By how many lines it moves, and how many it has at the newest: more than the highest screen shows. */
export const STEP_LINES = 80;
/** How many it has at the newest when it is shown for the first time: a screen, which is there the sooner. */
export const FIRST_LINES = 25;
/** How many lines it has at most, give or take those that belong to its last row. */
export const MOST_LINES = 200;

/** The item that it begins with; undefined at the newest. */
export type WindowStart = Item | undefined;

export interface RowWindow {
  readonly rows: readonly Row[];
  /** Whether there is more above it, or below, of what the client holds. */
  readonly hasAbove: boolean;
  readonly hasBelow: boolean;
  /** Where it begins once its reader has gone up, or down, by a step. */
  readonly above: WindowStart;
  readonly below: WindowStart;
  /** Where it begins now; what holds it there when something comes at the end. */
  readonly start: WindowStart;
}

const isFirstSeen = (items: readonly Item[], index: number): boolean => {
  for (let at = index - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item !== undefined && isSeen(item)) return false;
  }
  return true;
};

/** The index `lines` lines above another one, that of an item with which a row begins; 0 where there are not so many. */
const linesAbove = ({ items, message }: Timeline, from: number, lines: number): number => {
  let day: Day | undefined;
  let isRun = false;
  let begin = from;
  let left = lines;
  for (let at = from - 1; at >= 0; at -= 1) {
    const item = items[at];
    if (item === undefined || !isSeen(item)) continue;
    const goesOn = isRun && isMove(item) && isIn(day, timeOf(item.id));
    if (!goesOn) {
      if (left <= 0) return begin;
      left -= item.type === "message.posted" ? heightOf(message(item.id)) : 1;
      if (item.type !== "gap" && !isIn(day, timeOf(item.id))) {
        // Between two days stands a line.
        if (day !== undefined) left -= 1;
        day = dayOf(timeOf(item.id));
      }
    }
    isRun = isMove(item);
    begin = at;
  }
  return begin;
};

/** Where the row of the item at an index begins, or that of the joins and leaves right above it, which are its head. */
const headOf = (items: readonly Item[], index: number): number => {
  const item = items[index];
  if (item === undefined || item.type === "gap") return index;
  const day = dayOf(timeOf(item.id));
  let head = index;
  for (let at = index - 1; at >= 0; at -= 1) {
    const above = items[at];
    if (above === undefined || !isSeen(above)) continue;
    if (!isMove(above) || !isIn(day, timeOf(above.id))) break;
    head = at;
  }
  return head;
};

const beginAt = (timeline: Timeline, index: number, lines = STEP_LINES): number =>
  headOf(timeline.items, linesAbove(timeline, index, lines));

/** `atNewest`: how many lines it has where it begins nowhere. */
export const rowWindowOf = (timeline: Timeline, start: WindowStart, atNewest = STEP_LINES): RowWindow => {
  const { items } = timeline;
  const at = start === undefined ? -1 : items.lastIndexOf(start);
  const from = at < 0 ? beginAt(timeline, items.length, atNewest) : headOf(items, at);
  const { rows, begins, above, end } = rowsFrom(timeline, from, MOST_LINES);
  return {
    rows,
    hasAbove: !isFirstSeen(items, from),
    hasBelow: end < items.length,
    above: items[beginAt(timeline, from)],
    below: items[begins[above.findIndex((lines) => lines >= STEP_LINES)] ?? from],
    start: items[from],
  };
};

/** The start from which a message can be seen with what is above it; undefined where it is not held. */
export const windowStartFor = (timeline: Timeline, message: Position): WindowStart => {
  const { items } = timeline;
  const index = items.findLastIndex((item) => item.type === "message.posted" && item.id === message);
  return index < 0 ? undefined : items[beginAt(timeline, index)];
};
