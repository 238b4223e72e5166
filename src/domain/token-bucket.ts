/**
 * The rate limit of one connection or caller (L1): a bucket that holds `burst` tokens and gains `perSecond` of them; each thing
 * done takes one. Time (unix ms) comes with each call; a clock that steps back gives nothing and takes nothing.
 */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

export interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

export type Taken =
  | { readonly ok: true; readonly bucket: Bucket }
  | { readonly ok: false; readonly bucket: Bucket; readonly retryAfterMs: number };

export const fullBucket = (rate: Rate, now: number): Bucket => ({ tokens: rate.burst, at: now });

export const take = (bucket: Bucket, rate: Rate, now: number): Taken => {
  const gained = (Math.max(0, now - bucket.at) * rate.perSecond) / 1000;
  const tokens = Math.min(rate.burst, bucket.tokens + gained);
  const at = Math.max(bucket.at, now);
  if (tokens >= 1) return { ok: true, bucket: { tokens: tokens - 1, at } };
  const retryAfterMs = Math.ceil(((1 - tokens) * 1000) / rate.perSecond);
  return { ok: false, bucket: { tokens, at }, retryAfterMs };
};
