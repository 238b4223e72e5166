/**
 * Token buckets by key: for each user, or for each address (L1, L3). Requests have no connection in common that
 * could hold a bucket.
 *
 * Always true: a full bucket means the same as no bucket, so full ones are removed; and there are never more than
 * `MAX_BUCKETS`. Beyond, those unused for longest are removed, although they are not full: an attacker with that
 * many addresses gains nothing more by it than a burst for each.
 */
import { fullBucket, take, type Bucket, type Rate, type Taken } from "../../domain/token-bucket.ts";

const MAX_BUCKETS = 20_000;
/** What a bucket takes with its key, some bytes. */
const BUCKET_BYTES = 250;

export class KeyedBuckets<K> {
  readonly #rate: Rate;
  /** In the order of their last use. */
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

  /** Removes the full ones; and half of all at least, so that this is rare. */
  #clean(now: number): void {
    const fillsWithin = (this.#rate.burst / this.#rate.perSecond) * 1000;
    const kept = [...this.#buckets].filter(([, { at }]) => now - at < fillsWithin);
    this.#buckets = new Map(kept.slice(-MAX_BUCKETS / 2));
  }
}
