/**
 * A budget of bytes that several holders share (L4). When together they hold more, those used least recently
 * give back first.
 *
 * Always true: after each call the holders together hold at most the budget, unless none can give back more.
 */
export interface Holder {
  /** Gives back at least so many bytes, or all it can. The result is how many. It must not call the budget. */
  readonly giveBack: (bytes: number) => number;
}

export class ByteBudget {
  readonly #max: number;
  /** What each holds, the one used least recently first. */
  readonly #held = new Map<Holder, number>();
  #total = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** What all holders hold together. */
  get bytes(): number {
    return this.#total;
  }

  get max(): number {
    return this.#max;
  }

  /** From now on the holder holds so many bytes. */
  hold(holder: Holder, bytes: number): void {
    this.#total += bytes - (this.#held.get(holder) ?? 0);
    this.#held.set(holder, bytes);
    if (this.#total <= this.#max) return;
    for (const [other, held] of this.#held) {
      const given = held === 0 ? 0 : other.giveBack(this.#total - this.#max);
      this.#held.set(other, held - given);
      this.#total -= given;
      if (this.#total <= this.#max) return;
    }
  }

  /** The holder was of use: all others give back before it. */
  use(holder: Holder): void {
    const held = this.#held.get(holder);
    if (held === undefined) return;
    this.#held.delete(holder);
    this.#held.set(holder, held);
  }

  /** The holder is gone, with all it held. */
  release(holder: Holder): void {
    this.#total -= this.#held.get(holder) ?? 0;
    this.#held.delete(holder);
  }
}

/** For a holder that shares with nobody. */
export const unbounded = (): ByteBudget => new ByteBudget(Number.POSITIVE_INFINITY);
