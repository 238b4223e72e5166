/**
 * Tests of the token bucket: the burst, the rate, and the time after which a caller may try again.
 */
import { expect, test } from "vitest";
import { fullBucket, take, type Bucket, type Rate } from "../../src/domain/token-bucket.ts";
import { seededRandom } from "../support/seeded-random.ts";

const RATE: Rate = { perSecond: 10, burst: 20 };
const NOW = 1_760_000_000_000;

/** Takes `count` times at one moment. */
const takeAll = (bucket: Bucket, rate: Rate, count: number, now: number) => {
  let granted = 0;
  let last = bucket;
  for (let nth = 0; nth < count; nth += 1) {
    const taken = take(last, rate, now);
    granted += taken.ok ? 1 : 0;
    last = taken.bucket;
  }
  return { granted, bucket: last };
};

test("[L1] a full bucket grants a burst at once, and no more", () => {
  expect(takeAll(fullBucket(RATE, NOW), RATE, 50, NOW).granted).toBe(20);
});

test("[L1] after the burst, a bucket grants ten a second", () => {
  const { bucket } = takeAll(fullBucket(RATE, NOW), RATE, 50, NOW);
  expect(takeAll(bucket, RATE, 50, NOW + 1000).granted).toBe(10);
  expect(takeAll(bucket, RATE, 50, NOW + 500).granted).toBe(5);
  expect(takeAll(bucket, RATE, 50, NOW + 60_000).granted).toBe(20);
});

test("[L1] a refusal takes no token", () => {
  const { bucket } = takeAll(fullBucket(RATE, NOW), RATE, 10_000, NOW);
  expect(take(bucket, RATE, NOW + 100).ok).toBe(true);
});

test("[L1] if the clock steps back, the bucket gains and loses nothing", () => {
  const { bucket } = takeAll(fullBucket(RATE, NOW), RATE, 20, NOW);
  const back = take(bucket, RATE, NOW - 60_000);
  expect(back.ok).toBe(false);
  expect(take(back.bucket, RATE, NOW).ok).toBe(false);
  expect(take(back.bucket, RATE, NOW + 100).ok).toBe(true);
});

test("[L1] a caller who waits for retryAfterMs is served, and one millisecond less is not enough", () => {
  const { below } = seededRandom(5);
  for (let round = 0; round < 200; round += 1) {
    const rate = { perSecond: 1 + below(60), burst: 1 + below(30) };
    let now = NOW;
    let bucket = fullBucket(rate, now);
    for (let step = 0; step < 60; step += 1) {
      now += below(40);
      const taken = take(bucket, rate, now);
      bucket = taken.bucket;
      if (taken.ok) continue;
      expect(taken.retryAfterMs).toBeGreaterThan(0);
      expect(take(bucket, rate, now + taken.retryAfterMs).ok).toBe(true);
      expect(take(bucket, rate, now + taken.retryAfterMs - 1).ok).toBe(false);
    }
  }
});

test("[L1] in any period no more than the burst and the rate are granted", () => {
  const { below } = seededRandom(6);
  for (let round = 0; round < 20; round += 1) {
    let bucket = fullBucket(RATE, NOW);
    let now = NOW;
    let granted = 0;
    for (let step = 0; step < 500; step += 1) {
      now += below(60);
      const taken = take(bucket, RATE, now);
      granted += taken.ok ? 1 : 0;
      bucket = taken.bucket;
      expect(granted).toBeLessThanOrEqual(RATE.burst + ((now - NOW) * RATE.perSecond) / 1000 + 1e-6);
    }
  }
});
