/**
 * Tests of the abuse counter: when the offences in the sliding window exceed the limit.
 */
import { expect, test } from "vitest";
import { countOffence, exceedsLimit, type AbuseCounter } from "../../src/domain/abuse-counter.ts";

const BAD_FRAMES = { offences: 10, withinMs: 60_000 };

const offencesAt = (times: readonly number[]): AbuseCounter =>
  times.reduce<AbuseCounter>((past, now) => countOffence(past, BAD_FRAMES, now), []);

const every = (ms: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, nth) => nth * ms);

test("[W5] the tenth bad frame within a minute exceeds the limit, and the ninth does not", () => {
  expect(exceedsLimit(offencesAt(every(100, 9)), BAD_FRAMES)).toBe(false);
  expect(exceedsLimit(offencesAt(every(100, 10)), BAD_FRAMES)).toBe(true);
});

test("[W5] ten offences in more than a minute never exceed the limit", () => {
  expect(exceedsLimit(offencesAt(every(6_666, 10)), BAD_FRAMES)).toBe(true);
  expect(exceedsLimit(offencesAt(every(6_667, 1000)), BAD_FRAMES)).toBe(false);
});

test("[W5] an offence that is a minute old no longer counts", () => {
  const nine = every(0, 9);
  expect(exceedsLimit(offencesAt([...nine, 59_999]), BAD_FRAMES)).toBe(true);
  expect(exceedsLimit(offencesAt([...nine, 60_000]), BAD_FRAMES)).toBe(false);
});

test("[L1] a hundred refusals within ten seconds exceed the limit, and the counter stays bounded", () => {
  const limit = { offences: 100, withinMs: 10_000 };
  let past: AbuseCounter = [];
  for (let nth = 1; nth <= 1000; nth += 1) {
    past = countOffence(past, limit, 0);
    expect(exceedsLimit(past, limit)).toBe(nth >= 100);
  }
  expect(past).toHaveLength(100);
});
