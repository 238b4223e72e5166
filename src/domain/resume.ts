/**
 * Decides whether the log still holds a position, or why it does not (R2, R3).
 *
 * A position is never silently skipped past. Only the entry itself proves that the log holds the position:
 * after a failover, new ids can lie both below and above a position that was lost.
 */
import { comparePositions, START, type Head, type Position } from "./position.ts";

export type ResetReason = "trimmed" | "unknown";
export type PositionStatus = "held" | ResetReason;

/**
 * `found`: the log has an entry at exactly this position. `first`: the oldest entry, undefined in an empty
 * log.
 */
export const positionStatus = (after: Position, found: boolean, first: Head | undefined): PositionStatus => {
  if (found) return "held";
  if (after === START) return first === undefined || first.seq === 1 ? "held" : "trimmed";
  if (first !== undefined && first.seq > 1 && comparePositions(after, first.id) < 0) {
    return "trimmed";
  }
  return "unknown";
};
