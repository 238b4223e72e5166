/**
 * The port to time. Nothing else in the client knows what time it is or waits.
 */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Runs something later; the answer calls it off. */
  readonly after: (ms: number, run: () => void) => () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
