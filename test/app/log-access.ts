/**
 * The access of a virtual instance to the store. It counts the reads of the log, and can be taken away (D5).
 */
import { Context, Effect, Layer } from "effect";
import { EventLog, LogUnavailable } from "../../src/app/ports/event-log.ts";
import { History } from "../../src/app/ports/history.ts";
import { PresenceBoard } from "../../src/app/ports/presence-board.ts";

/** How long a call takes to fail while the log is away. */
const FAILS_AFTER_MS = 1_500;

type Ports = EventLog | History | PresenceBoard;

export class LogAccess {
  /** The number of reads of pages and entries. */
  reads = 0;
  away = false;
  /** How long each call waits before it reaches the store. */
  delayMs = 0;

  /** The ports, over this access. */
  over(ports: Layer.Layer<Ports>): Layer.Layer<Ports> {
    return Layer.effectContext(
      Effect.gen({ self: this }, function* () {
        const log = yield* EventLog;
        const history = yield* History;
        const board = yield* PresenceBoard;
        return Context.make(EventLog, {
          append: (room, fact) => this.#call(log.append(room, fact)),
          reachable: this.#call(log.reachable),
        }).pipe(
          Context.add(History, {
            after: (room, position, limit) => this.#read(history.after(room, position, limit)),
            before: (room, position, limit) => this.#read(history.before(room, position, limit)),
            entry: (room, id) => this.#read(history.entry(room, id)),
            diverged: (heads) => this.#call(history.diverged(heads)),
          }),
          Context.add(PresenceBoard, {
            enter: (presences) => this.#call(board.enter(presences)),
            leave: (presences) => this.#call(board.leave(presences)),
            drop: (presences) => this.#call(board.drop(presences)),
            sweep: this.#call(board.sweep),
            members: (room) => this.#call(board.members(room)),
          }),
        );
      }),
    ).pipe(Layer.provide(ports));
  }

  #call<A>(call: Effect.Effect<A, LogUnavailable>): Effect.Effect<A, LogUnavailable> {
    return Effect.suspend(() => {
      if (this.away) {
        return Effect.delay(Effect.fail(new LogUnavailable({ cause: "the log is away" })), FAILS_AFTER_MS);
      }
      return this.delayMs > 0 ? Effect.delay(call, this.delayMs) : call;
    });
  }

  #read<A>(call: Effect.Effect<A, LogUnavailable>): Effect.Effect<A, LogUnavailable> {
    return Effect.suspend(() => {
      this.reads += 1;
      return this.#call(call);
    });
  }
}
