/**
 * Validates an idempotency key (SPEC, Words): 1 to 64 printable ASCII characters, no space. The client
 * chooses it. User, room and key together identify one command, however often it is sent (I1).
 */
import { accept, reject, type Decision } from "./decision.ts";

declare const idempotencyKey: unique symbol;
export type IdempotencyKey = string & { readonly [idempotencyKey]: true };

const isIdempotencyKey = (key: string): key is IdempotencyKey => /^[\x21-\x7e]{1,64}$/.test(key);

export const parseIdempotencyKey = (raw: string): Decision<IdempotencyKey, "bad_key"> =>
  isIdempotencyKey(raw) ? accept(raw) : reject("bad_key");
