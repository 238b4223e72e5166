/**
 * The time of a simulated world. It stands still while something runs, and then jumps to the next due action.
 * Actions that are due at the same moment run in the order in which they were scheduled. So a world takes no
 * real time, and the same seed always gives the same trace.
 */
import type { Clock } from "../../src/client/platform/clock.ts";

/** The time at which every world begins. */
const BEGINNING = 1_700_000_000_000;

interface Due {
  readonly at: number;
  readonly order: number;
  /** Undefined once it was cancelled. */
  run: (() => void) | undefined;
}

const isEarlier = (a: Due, b: Due): boolean => a.at < b.at || (a.at === b.at && a.order < b.order);

export class SimulatedTime implements Clock {
  #now = BEGINNING;
  #order = 0;
  /** A heap: no entry is due before the entry at half its index. */
  readonly #due: Due[] = [];

  readonly now = (): number => this.#now;

  /** The milliseconds since the world began. */
  get elapsed(): number {
    return this.#now - BEGINNING;
  }

  /** Schedules an action at a whole millisecond, as timers do. */
  readonly after = (ms: number, run: () => void): (() => void) => {
    this.#order += 1;
    const due: Due = { at: this.#now + Math.max(0, Math.ceil(ms)), order: this.#order, run };
    this.#push(due);
    return () => {
      due.run = undefined;
    };
  };

  /** Lets time pass. */
  advance(ms: number): void {
    const until = this.#now + ms;
    for (let next = this.#due[0]; next !== undefined && next.at <= until; next = this.#due[0]) {
      this.#pop();
      this.#now = next.at;
      next.run?.();
    }
    this.#now = until;
  }

  #push(due: Due): void {
    let index = this.#due.length;
    this.#due.push(due);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = this.#due[above];
      if (parent === undefined || !isEarlier(due, parent)) break;
      this.#due[index] = parent;
      index = above;
    }
    this.#due[index] = due;
  }

  #pop(): void {
    const last = this.#due.pop();
    if (last === undefined || this.#due.length === 0) return;
    let index = 0;
    for (;;) {
      const left = this.#due[2 * index + 1];
      const right = this.#due[2 * index + 2];
      const isRight = right !== undefined && left !== undefined && isEarlier(right, left);
      const child = isRight ? right : left;
      if (child === undefined || !isEarlier(child, last)) break;
      this.#due[index] = child;
      index = 2 * index + (isRight ? 2 : 1);
    }
    this.#due[index] = last;
  }
}
