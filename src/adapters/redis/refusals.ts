/**
 * Says that Redis is there and refuses to store: it is full, can't write its snapshot, or is somebody's replica. Nobody would see it otherwise, since it
 * answers pings and reads as ever.
 *
 * Said once an episode, not once a refusal. One is over when something is stored and nothing has been refused for a while, since at the edge of its
 * memory Redis takes one write and refuses the next.
 */
import { Clock, Effect } from "effect";
import type { LogUnavailable } from "../../app/ports/event-log.ts";
import { isRefusal } from "./attempt.ts";

const CALM_NS = 5_000_000_000n;

export class Refusals {
  #lastAt: bigint | undefined = undefined;

  /** A write, and what is to be said of how it went. */
  readonly watch = <T>(write: Effect.Effect<T, LogUnavailable>): Effect.Effect<T, LogUnavailable> =>
    write.pipe(
      Effect.tap(() => (this.#lastAt === undefined ? Effect.void : this.#stored())),
      Effect.tapError(({ cause }) => (isRefusal(cause) ? this.#refused(cause) : Effect.void)),
    );

  #refused(cause: Error): Effect.Effect<void> {
    return Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      const isNews = this.#lastAt === undefined;
      this.#lastAt = now;
      return isNews ? Effect.logWarning("Redis refuses to store.", { cause: cause.message }) : Effect.void;
    });
  }

  #stored(): Effect.Effect<void> {
    return Effect.flatMap(Clock.monotonicTimeNanos, (now) => {
      if (this.#lastAt === undefined || now - this.#lastAt < CALM_NS) return Effect.void;
      this.#lastAt = undefined;
      return Effect.logInfo("Redis stores again.");
    });
  }
}
