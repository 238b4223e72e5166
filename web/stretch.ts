/**
 * Which of a room's rows are in the page: a stretch of them that moves with its reader, so that a room of many thousands costs no more than one of some
 * hundred. It hangs on the row that it begins with, whatever comes before or after that one; at the newest it hangs on the end.
 */
import type { Row } from "./timeline.ts";

/** By how many rows it moves, and how many it has at the newest: more than the highest screen shows. */
export const STEP = 80;
/** How many rows it has at most. */
export const MOST = 200;

/** The key of its first row; undefined at the newest. */
export type Beginning = string | undefined;

export interface Stretch {
  /** Indices of the rows: from, and up to but without. */
  readonly from: number;
  readonly to: number;
}

/** Where a message's row begins, with what stands above it: its day, or who came and went. */
const withItsHead = (rows: readonly Row[], at: number): number => {
  let from = at;
  while (from > 0 && rows[from - 1]?.kind !== "message") from -= 1;
  return from;
};

export const stretchOf = (rows: readonly Row[], beginning: Beginning): Stretch => {
  const at = beginning === undefined ? -1 : rows.findLastIndex(({ key }) => key === beginning);
  if (at < 0) return { from: Math.max(0, rows.length - STEP), to: rows.length };
  return { from: withItsHead(rows, at), to: Math.min(rows.length, at + MOST) };
};

/** The beginning at a row, or at the nearest message above it: what has a key that never changes. */
export const beginAt = (rows: readonly Row[], index: number): Beginning => {
  const above = rows.findLastIndex((row, at) => at <= index && row.kind === "message");
  return (rows[above] ?? rows.find((row) => row.kind === "message"))?.key;
};
