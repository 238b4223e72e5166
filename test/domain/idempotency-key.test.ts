/**
 * Tests of idempotency keys: 1 to 64 printable ASCII characters, no space.
 */
import { expect, test } from "vitest";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";

test.each(["k", "0d6e4079-e367-4f2b-9c5a-7f8f1b1d2c3e", "!~", "~".repeat(64), '"\\<>{}'])(
  "[I1] %j is a key",
  (key) => {
    expect(parseIdempotencyKey(key)).toEqual({ ok: true, value: key });
  },
);

test.each([
  "",
  " ",
  "a b",
  "a\n",
  "\ta",
  "é",
  "👍",
  "a\u0000",
  "a\u007f",
  "~".repeat(65),
  "a".repeat(1_000_000),
])("[I1] text that is empty, too long, has a space or is not printable ASCII is bad_key (%#)", (key) => {
  expect(parseIdempotencyKey(key)).toEqual({ ok: false, reason: "bad_key" });
});

test("[V5] a key with a lone surrogate is bad_key", () => {
  expect(parseIdempotencyKey("a\ud800")).toEqual({ ok: false, reason: "bad_key" });
});
