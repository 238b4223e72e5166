/**
 * Reads of one room's log after a position (R6). They are shared: while one is under way, whoever asks for the same gets its answer, so that a thousand
 * clients who resume from where they all stood cost one read. And they take turns: however many ask from different places, a few at a time reach
 * the log, and the rest wait.
 */
import { Deferred, Effect, Exit, Semaphore } from "effect";
import type { Position } from "../../domain/position.ts";
import { LogUnavailable } from "../ports/event-log.ts";
import type { PageAfter } from "../ports/history.ts";
import type { Fork } from "../session/keyed-serial-queue.ts";

/** How many different reads of a room are under way at a time. */
const AT_A_TIME = 8;

export type ReadAfter = (position: Position, limit: number) => Effect.Effect<PageAfter, LogUnavailable>;

/** `fork` outlives those who ask: one who gives up takes the answer from nobody. */
export const shareReads = (read: ReadAfter, fork: Fork): ReadAfter => {
  const underWay = new Map<string, Deferred.Deferred<PageAfter, LogUnavailable>>();
  const turns = Semaphore.makeUnsafe(AT_A_TIME);

  const begin = (name: string, position: Position, limit: number) => {
    const answer = Deferred.makeUnsafe<PageAfter, LogUnavailable>();
    underWay.set(name, answer);
    const tell = (exit: Exit.Exit<PageAfter, LogUnavailable>): Effect.Effect<void> => {
      underWay.delete(name);
      const told = Exit.hasInterrupts(exit) ? Exit.fail(new LogUnavailable({ cause: "stopping" })) : exit;
      return Effect.asVoid(Deferred.done(answer, told));
    };
    fork(turns.withPermits(1)(read(position, limit)).pipe(Effect.onExit(tell), Effect.ignore));
    return answer;
  };

  return (position, limit) =>
    Effect.suspend(() => {
      const name = `${position} ${limit}`;
      return Deferred.await(underWay.get(name) ?? begin(name, position, limit));
    });
};
