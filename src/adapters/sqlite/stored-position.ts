/**
 * Positions as the database keeps them: two signed 64-bit integers. A position whose parts are larger than those is in no log, but it still has
 * a place in the order, and that is behind everything stored.
 */
import { position, type Position } from "../../domain/position.ts";

export interface StoredPosition {
  readonly ms: bigint;
  readonly n: bigint;
}

const LARGEST = 2n ** 63n - 1n;

const parts = (at: Position): StoredPosition => {
  const [ms = "0", n = "0"] = at.split("-");
  return { ms: BigInt(ms), n: BigInt(n) };
};

/** Undefined where no stored entry can be at this position. */
export const storable = (at: Position): StoredPosition | undefined => {
  const { ms, n } = parts(at);
  return ms > LARGEST || n > LARGEST ? undefined : { ms, n };
};

/** The same place in the order of what is stored. */
export const bound = (at: Position): StoredPosition => {
  const { ms, n } = parts(at);
  return ms > LARGEST ? { ms: LARGEST, n: LARGEST } : { ms, n: n > LARGEST ? LARGEST : n };
};

export const positionOf = (ms: number, n: number): Position => position(`${ms}-${n}`);
