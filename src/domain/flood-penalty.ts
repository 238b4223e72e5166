/**
 * The penalty of an address after a flood (L1): the time that it must wait before it may connect again. The
 * wait doubles with each flood, up to a bound. It is forgotten after some time without a flood.
 */
export interface FloodPenalty {
  /** The end of the wait (unix ms). */
  readonly until: number;
  readonly waitMs: number;
}

const FIRST_WAIT_MS = 500;
const MAX_WAIT_MS = 60_000;
/** After this time without a flood, the next flood counts as the first. */
export const CALM_MS = 600_000;

export const isForgotten = ({ until }: FloodPenalty, now: number): boolean => now - until >= CALM_MS;

/**
 * The penalty after another flood. If older connections flood during the wait, that is still the same flood.
 */
export const penalise = (before: FloodPenalty | undefined, now: number): FloodPenalty => {
  if (before === undefined || isForgotten(before, now)) {
    return { until: now + FIRST_WAIT_MS, waitMs: FIRST_WAIT_MS };
  }
  if (now < before.until) return before;
  const waitMs = Math.min(MAX_WAIT_MS, 2 * before.waitMs);
  return { until: now + waitMs, waitMs };
};
