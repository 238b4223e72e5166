/**
 * The penalty of an address after a flood (L1): how long it waits until it may connect again. The wait doubles
 * with each flood, up to a bound, and is forgotten after a time of calm.
 */
export interface FloodPenalty {
  /** When the wait is over (unix ms). */
  readonly until: number;
  readonly waitMs: number;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 60_000;
/** After so long without a flood, the next one counts as the first. */
export const CALM_MS = 600_000;

export const isForgotten = ({ until }: FloodPenalty, now: number): boolean => now - until >= CALM_MS;

/** The penalty after one more flood. Connections from before the wait may flood during it: that is the same flood. */
export const penalise = (before: FloodPenalty | undefined, now: number): FloodPenalty => {
  if (before === undefined || isForgotten(before, now)) {
    return { until: now + FIRST_WAIT_MS, waitMs: FIRST_WAIT_MS };
  }
  if (now < before.until) return before;
  const waitMs = Math.min(LONGEST_WAIT_MS, 2 * before.waitMs);
  return { until: now + waitMs, waitMs };
};
