/**
 * People, keys, positions and events as the tests of the domain give them.
 */
import type { Decision } from "../../src/domain/decision.ts";
import type { Author } from "../../src/domain/event.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { position, type Position } from "../../src/domain/position.ts";
import { parseUserId } from "../../src/domain/user.ts";

/** The value of a decision that the test takes for granted. */
export const accepted = <T>(decision: Decision<T, unknown>): T => {
  if (!decision.ok) throw new Error(`refused: ${JSON.stringify(decision.reason)}`);
  return decision.value;
};

export const author = (name: string): Author => ({
  id: accepted(parseUserId(`user-${name.toLowerCase()}`)),
  name,
});

export const ADA = author("Ada");
export const BEN = author("Ben");

export const KEY: IdempotencyKey = accepted(parseIdempotencyKey("a-key"));

/** The id of the nth event of a room. */
export const at = (nth: number): Position => position(`${1000 + nth}-0`);
