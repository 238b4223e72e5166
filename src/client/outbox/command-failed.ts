/**
 * The error of a command that failed for good. The promises of `post`, `edit`, `delete`, `react` and `retry`
 * reject with it.
 */
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Failure, FailureCode } from "./command.ts";

export class CommandFailed extends Error {
  override readonly name = "CommandFailed";
  readonly code: FailureCode;
  /** The command's key in `pending`, for `retry` and `discard`. */
  readonly key: IdempotencyKey;

  constructor(key: IdempotencyKey, failure: Failure) {
    super(failure.message);
    this.code = failure.code;
    this.key = key;
  }
}
