/**
 * The plan of a resume (R2, R3): whether a position still stands in the log, or why it does not. A position is never silently
 * skipped past, and never guessed at: only the entry itself proves that the log holds it, since after a failover new ids
 * can lie below a lost position and above it as well.
 */
import { comparePositions, START, type Head, type Position } from "./position.ts";

export type ResetReason = "trimmed" | "unknown";
export type PositionStatus = "held" | ResetReason;

/** `found`: the log has an entry at this very position. `first`: the oldest that is kept, undefined in an empty log. */
export const positionStatus = (after: Position, found: boolean, first: Head | undefined): PositionStatus => {
  if (found) return "held";
  if (after === START) return first === undefined || first.seq === 1 ? "held" : "trimmed";
  if (first !== undefined && first.seq > 1 && comparePositions(after, first.id) < 0) {
    return "trimmed";
  }
  return "unknown";
};
