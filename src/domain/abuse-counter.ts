/**
 * The abuse counter: counts the offences of one kind in a sliding window. Ten `bad_frame` within a minute
 * close a connection (W5), and so do a hundred refusals within ten seconds (L1).
 */
export interface AbuseLimit {
  /** The number of offences that exceeds the limit. */
  readonly offences: number;
  readonly withinMs: number;
}

/** The times (unix ms) of the offences that still count, oldest first. */
export type AbuseCounter = readonly number[];

export const countOffence = (counter: AbuseCounter, limit: AbuseLimit, now: number): AbuseCounter =>
  [...counter.filter((at) => now - at < limit.withinMs), now].slice(-limit.offences);

export const exceedsLimit = (counter: AbuseCounter, limit: AbuseLimit): boolean =>
  counter.length >= limit.offences;
