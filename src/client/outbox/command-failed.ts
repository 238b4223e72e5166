/**
 * What a command's promise rejects with when it failed for good.
 */
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Failure, FailureCode } from "../room/room.ts";

export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly code: FailureCode;
  /** Its key in `pending`, for `retry` and `discard`. */
  readonly key: IdempotencyKey;

  constructor(key: IdempotencyKey, failure: Failure) {
    super(failure.message);
    this.code = failure.code;
    this.key = key;
  }
}
