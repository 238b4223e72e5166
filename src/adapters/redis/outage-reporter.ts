/**
 * A trouble that comes with one call after another, and is told of once when it begins and once when it is over.
 *
 * It is over when a call succeeds and none has had it for a while: at the edge of its memory, Redis takes one write and refuses the next.
 */
import { Clock, Effect } from "effect";
import type { LogUnavailable } from "../../app/ports/event-log.ts";

const CALM_NS = 5_000_000_000n;

export interface Outage {
  readonly is: (cause: unknown) => boolean;
  readonly begins: (cause: unknown) => Effect.Effect<void>;
  readonly ends: Effect.Effect<void>;
}

export class OutageReporter {
  readonly #trouble: Outage;
  #lastAt: bigint | undefined = undefined;

  constructor(trouble: Outage) {
    this.#trouble = trouble;
  }

  /** A call, and what is to be said of how it went. */
  readonly watch = <T>(call: Effect.Effect<T, LogUnavailable>): Effect.Effect<T, LogUnavailable> =>
    call.pipe(
      Effect.tap(() => (this.#lastAt === undefined ? Effect.void : this.#went())),
      Effect.tapError(({ cause }) => (this.#trouble.is(cause) ? this.#failed(cause) : Effect.void)),
    );

  #failed(cause: unknown): Effect.Effect<void> {
    return Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      const isNews = this.#lastAt === undefined;
      this.#lastAt = now;
      return isNews ? this.#trouble.begins(cause) : Effect.void;
    });
  }

  #went(): Effect.Effect<void> {
    return Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      if (this.#lastAt === undefined || now - this.#lastAt < CALM_NS) return Effect.void;
      this.#lastAt = undefined;
      return this.#trouble.ends;
    });
  }
}
