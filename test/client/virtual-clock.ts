/**
 * A clock that stands still until a test moves it. Timers fire in the order of their times; timers with the
 * same time fire in the order in which they were set.
 */
import type { Clock } from "../../src/client/platform/clock.ts";

interface Timer {
  readonly at: number;
  readonly run: () => void;
}

export class VirtualClock implements Clock {
  #now = 1_700_000_000_000;
  readonly #timers = new Set<Timer>();

  readonly now = (): number => this.#now;

  readonly after = (ms: number, run: () => void): (() => void) => {
    const timer = { at: this.#now + Math.max(0, ms), run };
    this.#timers.add(timer);
    return () => {
      this.#timers.delete(timer);
    };
  };

  get pending(): number {
    return this.#timers.size;
  }

  /** Moves the time by `ms`, and fires the timers on the way. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#first();
      if (next === undefined || next.at > until) break;
      this.#now = Math.max(this.#now, next.at);
      this.#timers.delete(next);
      next.run();
    }
    this.#now = until;
  }

  /** Moves the time to the next timer, and fires it. Returns the ms until then. */
  ring(): number {
    const next = this.#first();
    if (next === undefined) throw new Error("no timer is set");
    const ms = next.at - this.#now;
    this.advance(Math.max(0, ms));
    return ms;
  }

  #first(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    return first;
  }
}
