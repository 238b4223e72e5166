/**
 * Decides when connections are asked to move, and when the old connection is closed (G1 to G4). All durations
 * are milliseconds from the `goaway` frame on.
 */
export type GoingAwayReason = "rotation" | "shutdown" | "upgrade";

export interface GoAway {
  readonly reason: GoingAwayReason;
  /** The client opens the new connection after this time. */
  readonly afterMs: number;
  /** The server closes the old connection after this time, with 1012. */
  readonly deadlineMs: number;
}

const ROTATE_FROM = 0.8;
const ROTATE_UNTIL = 0.95;

/**
 * The age at which a connection is rotated (G1): between 80 % and 95 % of the timeout. `random` is in [0, 1).
 * The clock looks every `stepMs`, and may be a step late: the latest age leaves time for both.
 */
export const rotationAge = (timeoutMs: number, stepMs: number, random: number): number => {
  const from = timeoutMs * ROTATE_FROM;
  const until = Math.max(from, timeoutMs * ROTATE_UNTIL - 2 * stepMs);
  return from + (until - from) * random;
};

/**
 * Asks a connection of this age to move at once. The server keeps it until shortly before the timeout: the
 * clock finds the deadline passed up to a step later.
 */
export const rotation = (timeoutMs: number, ageMs: number, stepMs: number): GoAway => ({
  reason: "rotation",
  afterMs: 0,
  deadlineMs: Math.max(0, Math.round((timeoutMs - ageMs) * 0.8 - stepMs)),
});

/**
 * The `goaway` of the nth of `count` connections. They are spread evenly over the window, so that the
 * instances which take them over do not get all of them at once.
 */
export const spread = (
  reason: GoingAwayReason,
  nth: number,
  count: number,
  windowMs: number,
  handOverMs: number,
): GoAway => {
  const afterMs = count === 0 ? 0 : Math.floor((windowMs * nth) / count);
  return { reason, afterMs, deadlineMs: afterMs + handOverMs };
};
