/**
 * So many strikes within so long, and one is out.
 */
import { expect, test } from "vitest";
import { isOut, strike, type Strikes } from "../../src/domain/strikes.ts";

const BAD_FRAMES = { strikes: 10, withinMs: 60_000 };

const strikesAt = (times: readonly number[]): Strikes =>
  times.reduce<Strikes>((past, now) => strike(past, BAD_FRAMES, now), []);

const every = (ms: number, count: number): readonly number[] =>
  Array.from({ length: count }, (_, nth) => nth * ms);

test("[W5] the tenth bad frame within a minute is the last, the ninth is not", () => {
  expect(isOut(strikesAt(every(100, 9)), BAD_FRAMES)).toBe(false);
  expect(isOut(strikesAt(every(100, 10)), BAD_FRAMES)).toBe(true);
});

test("[W5] ten that a minute does not hold are borne, however many follow", () => {
  expect(isOut(strikesAt(every(6_666, 10)), BAD_FRAMES)).toBe(true);
  expect(isOut(strikesAt(every(6_667, 1000)), BAD_FRAMES)).toBe(false);
});

test("[W5] a strike that is a minute old counts no more", () => {
  const nine = every(0, 9);
  expect(isOut(strikesAt([...nine, 59_999]), BAD_FRAMES)).toBe(true);
  expect(isOut(strikesAt([...nine, 60_000]), BAD_FRAMES)).toBe(false);
});

test("[L1] a hundred refusals within ten seconds, and what is remembered stays bounded", () => {
  const patience = { strikes: 100, withinMs: 10_000 };
  let past: Strikes = [];
  for (let nth = 1; nth <= 1000; nth += 1) {
    past = strike(past, patience, 0);
    expect(isOut(past, patience)).toBe(nth >= 100);
  }
  expect(past).toHaveLength(100);
});
