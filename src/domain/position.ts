/**
 * Positions in a room's log, which are ids of its events: `<unix ms>-<n>` (V4). The whole of Gapless follows from them: a client
 * is a position in a log.
 *
 * A `Position` is canonical (no leading zeros), so equal positions are equal strings; and since both parts are numbers of up to 64 bits,
 * which a JavaScript number can't hold, they are compared as digits: the longer one is larger.
 */
import { accept, reject, type Decision } from "./decision.ts";

declare const canonicalPosition: unique symbol;
export type Position = string & { readonly [canonicalPosition]: true };

const FORM = /^0*(\d+)-0*(\d+)$/;
const LARGEST_PART = "18446744073709551615"; // 2^64 - 1

const compareDigits = (a: string, b: string): number => {
  if (a.length !== b.length) return a.length - b.length;
  if (a === b) return 0;
  return a < b ? -1 : 1;
};

const canonical = (raw: string): string | undefined => {
  if (raw.length > 128) return undefined;
  const [, ms = "", n = ""] = FORM.exec(raw) ?? [];
  if (ms === "" || n === "") return undefined;
  if (compareDigits(ms, LARGEST_PART) > 0 || compareDigits(n, LARGEST_PART) > 0) return undefined;
  return `${ms}-${n}`;
};

const isPosition = (text: string): text is Position => canonical(text) === text;

export const parsePosition = (raw: string): Decision<Position, "bad_position"> => {
  const text = canonical(raw);
  return text !== undefined && isPosition(text) ? accept(text) : reject("bad_position");
};

/** For positions that are known to be well formed: those that a log gives out, and constants. Throws where one is not. */
export const position = (text: string): Position => {
  const parsed = parsePosition(text);
  if (!parsed.ok) throw new Error(`not a position: ${text}`);
  return parsed.value;
};

/** The position before a room's first event. */
export const START: Position = position("0-0");

/** Below zero where `a` comes first, above where `b` does. */
export const comparePositions = (a: Position, b: Position): number => {
  if (a === b) return 0;
  const [aMs = "", aN = ""] = a.split("-");
  const [bMs = "", bN = ""] = b.split("-");
  return compareDigits(aMs, bMs) || compareDigits(aN, bN);
};

/** When the event at this position happened: unix milliseconds. */
export const timeOf = (at: Position): number => Number(at.slice(0, at.indexOf("-")));

/** Where a room stands: its last event, or `0-0` and 0 where it has none. */
export interface Head {
  readonly id: Position;
  readonly seq: number;
}

export const EMPTY_HEAD: Head = { id: START, seq: 0 };

/** The id that follows `last` in a log whose clock reads `now` (unix ms): ids grow even where a clock steps back. */
export const nextPosition = (last: Position, now: number): Position => {
  const [ms = "0", n = "0"] = last.split("-");
  if (compareDigits(String(now), ms) > 0) return position(`${now}-0`);
  return n === LARGEST_PART ? position(`${BigInt(ms) + 1n}-0`) : position(`${ms}-${BigInt(n) + 1n}`);
};
