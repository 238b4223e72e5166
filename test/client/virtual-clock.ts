/**
 * Time that stands still until a test moves it. Timers run in the order of their times, and those of one time in the order in which they were set.
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

  /** Lets so much time pass. */
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

  /** Lets time pass up to the next timer, and runs it. */
  ring(): number {
    const next = this.#first();
    if (next === undefined) throw new Error("nobody waits for anything");
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
