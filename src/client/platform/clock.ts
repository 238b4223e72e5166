/**
 * The port to time. Nothing else in the client knows what time it is or waits.
 */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Runs something later; the answer calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The longest that a timer of the platforms can wait; a longer one would run at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
