/**
 * Fixtures for the tests of the domain: users, a key and positions.
 */
import type { Decision } from "../../src/domain/decision.ts";
import type { Author } from "../../src/domain/event.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { position, type Position } from "../../src/domain/position.ts";
import { parseUserId } from "../../src/domain/user.ts";

/** The value of a decision. Throws if the decision was a rejection. */
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
