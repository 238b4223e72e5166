/**
 * All adapters of Redis as one layer. It can be built while Redis is away: calls fail until Redis is there.
 */
import { Context, Effect, Layer } from "effect";
import { EventLog } from "../../app/ports/event-log.ts";
import { History } from "../../app/ports/history.ts";
import { LogTail } from "../../app/ports/log-tail.ts";
import { PresenceBoard } from "../../app/ports/presence-board.ts";
import { Retention } from "../../app/ports/retention.ts";
import { Revisions } from "../../app/ports/revisions.ts";
import { Signals } from "../../app/ports/signals.ts";
import { Connection, CALL_TIMEOUT_MS } from "./connection.ts";
import { makeEventLog } from "./event-log.ts";
import { makeHistory } from "./history.ts";
import { makeKeys } from "./keys.ts";
import { LOG_SCRIPTS } from "./log-scripts.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { makeRetention, RETENTION_SCRIPTS } from "./retention.ts";
import type { RedisOptions } from "./options.ts";
import { makePresenceBoard } from "./presence-board.ts";
import { PRESENCE_SCRIPTS } from "./presence-scripts.ts";
import { ANNOUNCE, makeRevisions } from "./revisions.ts";
import { RedisSignals } from "./signals.ts";
import { refusals } from "./write-outages.ts";
import { Tail } from "./tail.ts";

export type { RedisOptions } from "./options.ts";

const closing = <T extends { close(): void }>(make: () => T) =>
  Effect.acquireRelease(Effect.sync(make), (made) => Effect.sync(() => made.close()));

export const layerRedis = (
  options: RedisOptions,
): Layer.Layer<EventLog | History | LogTail | Retention | PresenceBoard | Signals | Revisions> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const log = Effect.runForkWith(yield* Effect.context<never>());
      const onUp = (): void => void log(Effect.logInfo("Connected to Redis."));
      const onDown = (cause: unknown): void =>
        void log(Effect.logWarning("Redis can't be reached.", { cause: String(cause) }));
      const onFault = (cause: unknown): void =>
        void log(Effect.logError("A read of the log's tail failed.", { cause: String(cause) }));

      const keys = makeKeys(options.prefix);
      const commands = yield* closing(
        () =>
          new Connection(options, [...LOG_SCRIPTS, ...PRESENCE_SCRIPTS, ...RETENTION_SCRIPTS, ANNOUNCE], {
            onUp,
            onDown,
          }),
      );
      const appends =
        options.ack === "stored" ? commands : yield* closing(() => new Connection(options, LOG_SCRIPTS));
      const tail = yield* closing(() => new Tail(options, commands, keys, onFault));
      const refused = refusals();
      const memory = yield* closing(() => new MemoryWatch(commands));
      const signals = yield* closing(() => new RedisSignals(options, commands, keys));
      yield* Effect.promise(() =>
        Promise.all([commands.settled(CALL_TIMEOUT_MS), appends.settled(CALL_TIMEOUT_MS)]),
      );

      return Context.make(EventLog, makeEventLog(commands, appends, refused, memory, keys, options)).pipe(
        Context.add(History, makeHistory(commands, keys)),
        Context.add(Retention, makeRetention(commands, keys, options)),
        Context.add(LogTail, {
          follow: (room, from, onEntries) => tail.follow(keys.room(room).log, from, onEntries),
        }),
        Context.add(PresenceBoard, makePresenceBoard(commands, refused, memory, keys, options)),
        Context.add(Signals, signals),
        Context.add(Revisions, makeRevisions(commands, keys)),
      );
    }),
  );
