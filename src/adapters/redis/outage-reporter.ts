/**
 * The outage reporter: reports an outage that affects many calls once when it begins and once when it ends.
 *
 * An outage ends when a call succeeds and no call has failed for 5 s. Without that time it would seem to end
 * again and again: a Redis that is nearly full accepts one write and refuses the next.
 */
import { Clock, Effect } from "effect";
import type { LogUnavailable } from "../../app/ports/event-log.ts";

const QUIET_NS = 5_000_000_000n;

export interface Outage {
  /** Whether a failure belongs to this outage. */
  readonly isCause: (cause: unknown) => boolean;
  readonly reportBegin: (cause: unknown) => Effect.Effect<void>;
  readonly reportEnd: Effect.Effect<void>;
}

export class OutageReporter {
  readonly #outage: Outage;
  #lastFailureAt: bigint | undefined = undefined;

  constructor(outage: Outage) {
    this.#outage = outage;
  }

  /** Runs a call, and reports the beginning or the end of the outage if its result shows it. */
  readonly watch = <T>(call: Effect.Effect<T, LogUnavailable>): Effect.Effect<T, LogUnavailable> =>
    call.pipe(
      Effect.tap(() => (this.#lastFailureAt === undefined ? Effect.void : this.#succeeded())),
      Effect.tapError(({ cause }) => (this.#outage.isCause(cause) ? this.#failed(cause) : Effect.void)),
    );

  #failed(cause: unknown): Effect.Effect<void> {
    return Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      const isBeginning = this.#lastFailureAt === undefined;
      this.#lastFailureAt = now;
      return isBeginning ? this.#outage.reportBegin(cause) : Effect.void;
    });
  }

  #succeeded(): Effect.Effect<void> {
    return Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      if (this.#lastFailureAt === undefined || now - this.#lastFailureAt < QUIET_NS) return Effect.void;
      this.#lastFailureAt = undefined;
      return this.#outage.reportEnd;
    });
  }
}
