/** The reader's days, in their own time zone: how a log is divided. */

/** From its start up to the next one's, in unix ms. */
export interface Day {
  readonly from: number;
  readonly to: number;
}

export const dayOf = (at: number): Day => {
  const midnight = new Date(at);
  const from = midnight.setHours(0, 0, 0, 0);
  return { from, to: midnight.setDate(midnight.getDate() + 1) };
};

export const isIn = (day: Day | undefined, at: number): boolean =>
  day !== undefined && at >= day.from && at < day.to;
