/**
 * A budget of bytes that several holders share (L4). If they hold more than the budget together, the holders
 * used least recently give back memory first.
 *
 * Always true: after each call the holders together hold at most the budget, unless none can give back more.
 */
export interface Holder {
  /**
   * Gives back at least `bytes`, or as much as possible, and returns the number. It must not call the budget.
   */
  readonly giveBack: (bytes: number) => number;
}

export class ByteBudget {
  readonly #max: number;
  /** The bytes of each holder, the least recently used first. */
  readonly #held = new Map<Holder, number>();
  #total = 0;

  constructor(max: number) {
    this.#max = max;
  }

  /** The bytes of all holders together. */
  get bytes(): number {
    return this.#total;
  }

  get max(): number {
    return this.#max;
  }

  /** Sets the number of bytes that a holder holds. */
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

  /** The holder was used: all others give back before it. */
  use(holder: Holder): void {
    const held = this.#held.get(holder);
    if (held === undefined) return;
    this.#held.delete(holder);
    this.#held.set(holder, held);
  }

  /** Removes a holder with all its bytes. */
  release(holder: Holder): void {
    this.#total -= this.#held.get(holder) ?? 0;
    this.#held.delete(holder);
  }
}

/** A budget without a bound. */
export const unbounded = (): ByteBudget => new ByteBudget(Number.POSITIVE_INFINITY);
