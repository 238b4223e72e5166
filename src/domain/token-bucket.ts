/**
 * The rate limit of one connection or caller (L1): a bucket that holds `burst` tokens and gains `perSecond` of them; each thing
 * done takes one. Time (unix ms) comes with each call; a clock that steps back gives nothing and takes nothing.
 *
 * It counts in thousandths of a token, since a millisecond gains `perSecond` of those: with whole numbers no rounding adds up, and whoever
 * waits for `retryAfterMs` is served.
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
