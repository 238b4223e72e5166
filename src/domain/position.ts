/**
 * Positions in a room's log. A position is the id of an event: `<unix ms>-<n>` (V4). All of Gapless is built
 * on this idea: a client is a position in a log.
 *
 * Always true:
 * - A `Position` is canonical (no leading zeros), so equal positions are equal strings.
 * - Both parts have up to 64 bits. A JavaScript number can't hold that, so they are compared as digits: the
 *   one with more digits is larger.
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

/** For text that is known to be a position: one that a log gives out, or a constant. Throws if it is not. */
export const position = (text: string): Position => {
  const parsed = parsePosition(text);
  if (!parsed.ok) throw new Error(`not a position: ${text}`);
  return parsed.value;
};

/** The position before a room's first event. */
export const START: Position = position("0-0");

/** Negative if `a` comes first, positive if `b` comes first, 0 if they are equal. */
export const comparePositions = (a: Position, b: Position): number => {
  if (a === b) return 0;
  const [aMs = "", aN = ""] = a.split("-");
  const [bMs = "", bN = ""] = b.split("-");
  return compareDigits(aMs, bMs) || compareDigits(aN, bN);
};

/** The time of the event at this position, in unix milliseconds. */
export const timeOf = (at: Position): number => Number(at.slice(0, at.indexOf("-")));

/** The head of a room: its last event, or `0-0` and 0 if it has none. */
export interface Head {
  readonly id: Position;
  readonly seq: number;
}

export const EMPTY_HEAD: Head = { id: START, seq: 0 };

/**
 * The id after `last` in a log whose clock reads `now` (unix ms). Ids increase even if the clock steps back.
 */
export const nextPosition = (last: Position, now: number): Position => {
  const [ms = "0", n = "0"] = last.split("-");
  if (compareDigits(String(now), ms) > 0) return position(`${now}-0`);
  return n === LARGEST_PART ? position(`${BigInt(ms) + 1n}-0`) : position(`${ms}-${BigInt(n) + 1n}`);
};
