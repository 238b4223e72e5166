/**
 * Exponential backoff with full jitter: the first try within a second, then within two, four, … thirty. Of many clients that were cut at
 * once, no two come back together.
 */
export const FIRST_MS = 1_000;
export const LONGEST_MS = 30_000;

/** How long to wait before the next try, after so many that failed. `random` is in [0, 1). */
export const backoff = (failed: number, random: number, longest = LONGEST_MS): number =>
  Math.round(random * Math.min(longest, FIRST_MS * 2 ** Math.min(failed, 30)));
