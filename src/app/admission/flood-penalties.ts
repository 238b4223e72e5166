/**
 * The addresses that must wait before they connect again, because a connection of theirs was closed for
 * flooding (L1).
 *
 * Always true: their number is bounded. Beyond the bound, the oldest penalties are forgotten.
 */
import { isForgotten, penalise, type FloodPenalty } from "../../domain/flood-penalty.ts";

const MAX_PENALTIES = 10_000;
/** The approximate memory of a penalty with its key. */
const PENALTY_BYTES = 250;

export class FloodPenalties {
  readonly #penalties = new Map<string, FloodPenalty>();

  get bytes(): number {
    return this.#penalties.size * PENALTY_BYTES;
  }

  /** A connection of this address was closed for flooding. */
  penalise(address: string, now: number): void {
    const penalty = penalise(this.#penalties.get(address), now);
    this.#penalties.delete(address);
    this.#penalties.set(address, penalty);
    for (const [oldest, old] of this.#penalties) {
      if (this.#penalties.size <= MAX_PENALTIES && !isForgotten(old, now)) break;
      this.#penalties.delete(oldest);
    }
  }

  /** The time that this address must still wait (ms). 0 if it need not wait. */
  waitMs(address: string, now: number): number {
    const penalty = this.#penalties.get(address);
    return penalty === undefined ? 0 : Math.max(0, penalty.until - now);
  }
}
