/**
 * The rate limit of posts over HTTP (L1, H3). Requests have no connection in common, so each user has a
 * bucket. A full bucket means the same as no bucket, so full buckets are removed.
 */
import type { UserId } from "../../domain/user.ts";
import { fullBucket, take, type Bucket, type Rate, type Taken } from "../../domain/token-bucket.ts";

const CLEAN_AT = 10_000;

export class UserRates {
  readonly #rate: Rate;
  #buckets = new Map<UserId, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  take(user: UserId, now: number): Taken {
    const taken = take(this.#buckets.get(user) ?? fullBucket(this.#rate, now), this.#rate, now);
    this.#buckets.set(user, taken.bucket);
    if (this.#buckets.size > CLEAN_AT) this.#removeFull(now);
    return taken;
  }

  #removeFull(now: number): void {
    const fillsWithin = (this.#rate.burst / this.#rate.perSecond) * 1000;
    this.#buckets = new Map([...this.#buckets].filter(([, { at }]) => now - at < fillsWithin));
  }
}
