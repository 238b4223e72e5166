/**
 * The port to time. Only a clock tells the client the time and lets it wait.
 */
export interface Clock {
  /** Unix milliseconds. */
  readonly now: () => number;
  /** Calls `run` after `ms` milliseconds. The returned function cancels it. */
  readonly after: (ms: number, run: () => void) => () => void;
}

/** The longest time for a timer of the platforms; a longer one would fire at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The clock of the platform. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(ms, run) {
    const timer = setTimeout(run, Math.min(ms, LONGEST_TIMER_MS));
    return () => clearTimeout(timer);
  },
};
