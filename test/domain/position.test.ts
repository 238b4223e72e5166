/**
 * Tests of positions: they are canonical, and are compared as 64-bit numbers.
 */
import { describe, expect, test } from "vitest";
import {
  comparePositions,
  nextPosition,
  parsePosition,
  position,
  START,
  timeOf,
  type Position,
} from "../../src/domain/position.ts";
import { seededRandom } from "../support/seeded-random.ts";

const LARGEST = "18446744073709551615";

test.each([
  ["0-0", "0-0"],
  ["1760000000000-3", "1760000000000-3"],
  ["007-00", "7-0"],
  [`${LARGEST}-${LARGEST}`, `${LARGEST}-${LARGEST}`],
  [`000${LARGEST}-0`, `${LARGEST}-0`],
])("[V4] %j is the position %j", (raw, canonical) => {
  expect(parsePosition(raw)).toEqual({ ok: true, value: canonical });
});

test.each([
  "",
  "0",
  "-",
  "-1",
  "1-",
  "1-1-1",
  "+1-0",
  "-1-0",
  "1--1",
  "1.5-0",
  "1e3-0",
  "0x1-0",
  " 1-0",
  "1-0 ",
  "1-0\n",
  "1 - 0",
  "$",
  ">",
  "+",
  "*",
  "1-*",
  "(1-0",
  "١-٢",
  "１-２",
  "\ud8001-0",
  "18446744073709551616-0",
  "0-18446744073709551616",
  "99999999999999999999-0",
  `${"9".repeat(1_000_000)}-0`,
])("[V4] text that is not two numbers in the range of a stream id is bad_position (%#)", (raw) => {
  expect(parsePosition(raw)).toEqual({ ok: false, reason: "bad_position" });
});

describe("the order of positions", () => {
  test.each([
    ["9-0", "10-0"],
    ["1-9", "1-10"],
    ["1-999", "2-0"],
    ["9999999999999-0", "10000000000000-0"],
    // These are equal as floating-point numbers.
    ["9007199254740992-0", "9007199254740993-0"],
    ["1-18446744073709551614", `1-${LARGEST}`],
    ["0-0", "0-1"],
  ])("[D3] %s comes before %s", (earlier, later) => {
    expect(comparePositions(position(earlier), position(later))).toBeLessThan(0);
    expect(comparePositions(position(later), position(earlier))).toBeGreaterThan(0);
    expect(comparePositions(position(later), position(later))).toBe(0);
  });

  test("[D3] it is the order of the two numbers, for all positions", () => {
    const { below, pick } = seededRandom(2);
    const part = (): bigint =>
      pick([BigInt(below(20)), 2n ** 53n + BigInt(below(4)), 2n ** 64n - 1n - BigInt(below(4))]);
    for (let round = 0; round < 5000; round += 1) {
      const [aMs, aN, bMs, bN] = [part(), part(), part(), part()];
      const difference = aMs === bMs ? aN - bN : aMs - bMs;
      const order = comparePositions(position(`${aMs}-${aN}`), position(`${bMs}-${bN}`));
      expect(Math.sign(order)).toBe(difference === 0n ? 0 : difference < 0n ? -1 : 1);
    }
  });
});

test("[V4] the time of a position is its milliseconds", () => {
  expect(timeOf(position("1760000000000-12"))).toBe(1_760_000_000_000);
  expect(timeOf(START)).toBe(0);
});

test("[D3] ids increase even if the clock steps back", () => {
  const { below } = seededRandom(3);
  let last: Position = START;
  for (let round = 0; round < 2000; round += 1) {
    const next = nextPosition(last, 1_760_000_000_000 + below(3) - below(3) * 1000);
    expect(comparePositions(last, next)).toBeLessThan(0);
    last = next;
  }
  expect(nextPosition(position("5-9007199254740993"), 5)).toBe("5-9007199254740994");
  expect(nextPosition(position("5-3"), 6)).toBe("6-0");
  expect(nextPosition(position("5-3"), 1)).toBe("5-4");
});

test("[D3] after the last id of a millisecond comes the first id of the next millisecond", () => {
  expect(nextPosition(position(`5-${LARGEST}`), 5)).toBe("6-0");
});

test("[V4] position() throws if the text is not a position", () => {
  expect(() => position("1")).toThrow("not a position: 1");
});
