/**
 * What the instance has done, as plain numbers: counting costs the hot path an addition. `/metrics` gives them out.
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
