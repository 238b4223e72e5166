/**
 * Positions in the form in which the database stores them: two signed 64-bit integers. No log has a position
 * with larger parts. But such a position still has its place in the order: after all stored ones.
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

/** The stored form of a position. Undefined if no entry can have it. */
export const storable = (at: Position): StoredPosition | undefined => {
  const { ms, n } = parts(at);
  return ms > LARGEST || n > LARGEST ? undefined : { ms, n };
};

/** The stored form of the same place in the order, for comparisons. */
export const bound = (at: Position): StoredPosition => {
  const { ms, n } = parts(at);
  return ms > LARGEST ? { ms: LARGEST, n: LARGEST } : { ms, n: n > LARGEST ? LARGEST : n };
};

export const positionOf = (ms: number, n: number): Position => position(`${ms}-${n}`);
