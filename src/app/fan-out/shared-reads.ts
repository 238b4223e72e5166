/**
 * Shares and limits the reads of a room's log after a position (R6).
 *
 * - While a read is under way, another request for the same page gets its result. So a thousand clients that
 *   resume from the same position cost one read.
 * - Only a few different reads run at the same time, and the others wait.
 */
import { Deferred, Effect, Exit, Semaphore } from "effect";
import type { Position } from "../../domain/position.ts";
import { LogUnavailable } from "../ports/event-log.ts";
import type { PageAfter } from "../ports/history.ts";
import type { Fork } from "../session/keyed-serial-queue.ts";

/** The maximum of different reads of a room at the same time. */
const MAX_CONCURRENT = 8;

export type ReadAfter = (position: Position, limit: number) => Effect.Effect<PageAfter, LogUnavailable>;

/** `fork` outlives the callers: a caller that gives up does not cancel the read for the others. */
export const shareReads = (read: ReadAfter, fork: Fork): ReadAfter => {
  const underWay = new Map<string, Deferred.Deferred<PageAfter, LogUnavailable>>();
  const permits = Semaphore.makeUnsafe(MAX_CONCURRENT);

  const begin = (name: string, position: Position, limit: number) => {
    const answer = Deferred.makeUnsafe<PageAfter, LogUnavailable>();
    underWay.set(name, answer);
    const complete = (exit: Exit.Exit<PageAfter, LogUnavailable>): Effect.Effect<void> => {
      underWay.delete(name);
      const result = Exit.hasInterrupts(exit) ? Exit.fail(new LogUnavailable({ cause: "stopping" })) : exit;
      return Effect.asVoid(Deferred.done(answer, result));
    };
    fork(permits.withPermits(1)(read(position, limit)).pipe(Effect.onExit(complete), Effect.ignore));
    return answer;
  };

  return (position, limit) =>
    Effect.suspend(() => {
      const name = `${position} ${limit}`;
      return Deferred.await(underWay.get(name) ?? begin(name, position, limit));
    });
};
