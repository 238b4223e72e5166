/**
 * Token buckets by key: for each user, or for each address (L1, L3). Requests need them, because they share
 * no connection that could hold a bucket.
 *
 * Always true:
 * - A full bucket means the same as no bucket, so full ones are removed.
 * - There are never more than `MAX_BUCKETS`. Beyond that, the buckets that were unused for longest are
 *   removed, even if they are not full. An attacker with that many addresses gains no more than a burst for
 *   each.
 */
import { fullBucket, take, type Bucket, type Rate, type Taken } from "../../domain/token-bucket.ts";

const MAX_BUCKETS = 20_000;
/** The approximate memory of a bucket with its key. */
const BUCKET_BYTES = 250;

export class KeyedBuckets<K> {
  readonly #rate: Rate;
  /** The buckets in the order of their last use. */
  #buckets = new Map<K, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  get bytes(): number {
    return this.#buckets.size * BUCKET_BYTES;
  }

  take(key: K, now: number): Taken {
    const taken = take(this.#buckets.get(key) ?? fullBucket(this.#rate, now), this.#rate, now);
    this.#buckets.delete(key);
    this.#buckets.set(key, taken.bucket);
    if (this.#buckets.size > MAX_BUCKETS) this.#clean(now);
    return taken;
  }

  /** Removes full buckets, and at least half of all, so that this is rare. */
  #clean(now: number): void {
    const fillsWithin = (this.#rate.burst / this.#rate.perSecond) * 1000;
    const kept = [...this.#buckets].filter(([, { at }]) => now - at < fillsWithin);
    this.#buckets = new Map(kept.slice(-MAX_BUCKETS / 2));
  }
}
