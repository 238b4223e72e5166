/**
 * The rate limit of posts over HTTP (L1, H3): one bucket a user, since requests share no connection. A full bucket means the same as none,
 * so those are forgotten.
 */
import type { UserId } from "../../domain/user.ts";
import { fullBucket, take, type Bucket, type Rate, type Taken } from "../../domain/token-bucket.ts";

const FORGET_AT = 10_000;

export class UserRates {
  readonly #rate: Rate;
  #buckets = new Map<UserId, Bucket>();

  constructor(rate: Rate) {
    this.#rate = rate;
  }

  take(user: UserId, now: number): Taken {
    const taken = take(this.#buckets.get(user) ?? fullBucket(this.#rate, now), this.#rate, now);
    this.#buckets.set(user, taken.bucket);
    if (this.#buckets.size > FORGET_AT) this.#forget(now);
    return taken;
  }

  #forget(now: number): void {
    const fillsWithin = (this.#rate.burst / this.#rate.perSecond) * 1000;
    this.#buckets = new Map([...this.#buckets].filter(([, { at }]) => now - at < fillsWithin));
  }
}
