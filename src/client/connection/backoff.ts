/**
 * Exponential backoff with full jitter: the first try is within 1 s, then within 2, 4 and so on up to 30 s.
 * Clients that were cut at the same moment do not return together.
 */
export const FIRST_MS = 1_000;
export const LONGEST_MS = 30_000;

/** The ms to wait before the next try. `failed`: how many tries have failed before. `random`: in [0, 1). */
export const backoff = (failed: number, random: number, longest = LONGEST_MS): number =>
  Math.round(random * Math.min(longest, FIRST_MS * 2 ** Math.min(failed, 30)));
