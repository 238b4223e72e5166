/**
 * A token bucket: the rate limit of one connection or caller (L1). It holds up to `burst` tokens and gains
 * `perSecond` tokens a second. Each permitted action takes one. Time (unix ms) comes with each call. If the
 * clock steps back, the bucket gains and loses nothing.
 *
 * It counts in thousandths of a token, because it gains `perSecond` of those in a millisecond. These are
 * whole numbers, so no rounding errors add up, and a caller who waits for `retryAfterMs` is served.
 */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Bucket {
  readonly thousandths: number;
  readonly at: number;
}

export type Taken =
  | { readonly ok: true; readonly bucket: Bucket }
  | { readonly ok: false; readonly bucket: Bucket; readonly retryAfterMs: number };

const TOKEN = 1000;

export const fullBucket = (rate: Rate, now: number): Bucket => ({
  thousandths: rate.burst * TOKEN,
  at: now,
});

export const take = (bucket: Bucket, rate: Rate, now: number): Taken => {
  const gained = Math.max(0, now - bucket.at) * rate.perSecond;
  const thousandths = Math.min(rate.burst * TOKEN, bucket.thousandths + gained);
  const at = Math.max(bucket.at, now);
  if (thousandths >= TOKEN) return { ok: true, bucket: { thousandths: thousandths - TOKEN, at } };
  const retryAfterMs = Math.ceil((TOKEN - thousandths) / rate.perSecond);
  return { ok: false, bucket: { thousandths, at }, retryAfterMs };
};
