/**
 * The counters of an instance, for `/metrics`. They are plain numbers, so counting costs the hot path only an
 * addition.
 */
import type { ErrorCode } from "../../wire/protocol.ts";

export class Counters {
  connectionsOpened = 0;
  framesIn = 0;
  framesOut = 0;
  bytesOut = 0;
  acked = 0;
  readonly refusals = new Map<ErrorCode, number>();

  refused(code: ErrorCode): void {
    this.refusals.set(code, (this.refusals.get(code) ?? 0) + 1);
  }
}
