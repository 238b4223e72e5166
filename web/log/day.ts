/** Days in the reader's time zone, by which a log is divided. */

/** From the start of the day to the start of the next one, in unix ms. */
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
