/**
 * Reads of the log after a position, shared: while one is under way, whoever asks for the same gets its answer (R6). When a thousand clients of an
 * instance that died resume from where it stood, the log is read once.
 */
import { Deferred, Effect, Exit } from "effect";
import type { Position } from "../domain/position.ts";
import type { RoomName } from "../domain/room-name.ts";
import { LogUnavailable, type EventLogShape, type PageAfter } from "./ports/event-log.ts";
import type { Fork } from "./lanes.ts";

/** `fork` outlives those who ask: one who gives up takes the answer from nobody. */
export const shareReads = (after: EventLogShape["after"], fork: Fork): EventLogShape["after"] => {
  const underWay = new Map<string, Deferred.Deferred<PageAfter, LogUnavailable>>();

  const begin = (name: string, room: RoomName, position: Position, limit: number) => {
    const answer = Deferred.makeUnsafe<PageAfter, LogUnavailable>();
    underWay.set(name, answer);
    const tell = (exit: Exit.Exit<PageAfter, LogUnavailable>): Effect.Effect<void> => {
      underWay.delete(name);
      const told = Exit.hasInterrupts(exit) ? Exit.fail(new LogUnavailable({ cause: "stopping" })) : exit;
      return Effect.asVoid(Deferred.done(answer, told));
    };
    fork(after(room, position, limit).pipe(Effect.onExit(tell), Effect.ignore));
    return answer;
  };

  return (room, position, limit) =>
    Effect.suspend(() => {
      // A room's name holds no space.
      const name = `${room} ${position} ${limit}`;
      return Deferred.await(underWay.get(name) ?? begin(name, room, position, limit));
    });
};
