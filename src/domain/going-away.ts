/**
 * When connections are asked to move, and until when (G1 to G4). All durations are milliseconds from the frame on.
 */
export type GoingAwayReason = "rotation" | "shutdown" | "upgrade";

export interface GoAway {
  readonly reason: GoingAwayReason;
  /** Open the new connection after this. */
  readonly afterMs: number;
  /** The server closes the old one after this, with 1012. */
  readonly deadlineMs: number;
}

const ROTATE_FROM = 0.8;
const ROTATE_UNTIL = 0.95;

/** How old a connection gets before it is rotated (G1): between 80 % and 95 % of the timeout, as `random` in [0, 1) falls. */
export const rotationAge = (timeoutMs: number, random: number): number =>
  timeoutMs * (ROTATE_FROM + (ROTATE_UNTIL - ROTATE_FROM) * random);

/** Asks a connection of this age to move at once, and keeps it until shortly before the timeout would cut it. */
export const rotation = (timeoutMs: number, ageMs: number): GoAway => ({
  reason: "rotation",
  afterMs: 0,
  deadlineMs: Math.max(0, Math.round((timeoutMs - ageMs) * 0.8)),
});

/** The nth of `count` in a window: evenly apart, so that whoever takes them in is not stormed. */
export const spread = (
  reason: GoingAwayReason,
  nth: number,
  count: number,
  windowMs: number,
  patienceMs: number,
): GoAway => {
  const afterMs = count === 0 ? 0 : Math.floor((windowMs * nth) / count);
  return { reason, afterMs, deadlineMs: afterMs + patienceMs };
};
