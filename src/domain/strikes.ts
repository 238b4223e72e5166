/**
 * So many strikes within so long, and one is out: ten `bad_frame` within a minute (W5), a hundred refusals within ten seconds (L1).
 */
export interface Patience {
  readonly strikes: number;
  readonly withinMs: number;
}

/** The times (unix ms) of the strikes that still count, oldest first. */
export type Strikes = readonly number[];

export const strike = (past: Strikes, patience: Patience, now: number): Strikes =>
  [...past.filter((at) => now - at < patience.withinMs), now].slice(-patience.strikes);

export const isOut = (strikes: Strikes, patience: Patience): boolean => strikes.length >= patience.strikes;
