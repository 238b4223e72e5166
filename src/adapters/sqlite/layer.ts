/**
 * All adapters of SQLite as one layer, on a file that one process owns. If the file can't be opened, it fails
 * with one sentence. On closing it first commits the writes that were accepted.
 */
import { Context, Effect, Layer } from "effect";
import { EventLog } from "../../app/ports/event-log.ts";
import { History } from "../../app/ports/history.ts";
import { LogTail } from "../../app/ports/log-tail.ts";
import { PresenceBoard } from "../../app/ports/presence-board.ts";
import { Retention } from "../../app/ports/retention.ts";
import { Revisions } from "../../app/ports/revisions.ts";
import { Signals } from "../../app/ports/signals.ts";
import { openDatabase, type DatabaseUnusable } from "./database.ts";
import { eventLog } from "./event-log.ts";
import { Followers } from "./followers.ts";
import { history } from "./history.ts";
import { GroupCommit } from "./group-commit.ts";
import { IdempotencyKeys } from "./idempotency-keys.ts";
import type { SqliteOptions } from "./options.ts";
import { presenceBoard } from "./presence-board.ts";
import { retention } from "./retention.ts";
import { revisions } from "./revisions.ts";
import { RoomLog } from "./room-log.ts";
import { signals } from "./signals.ts";

export { DatabaseUnusable } from "./database.ts";
export type { SqliteOptions } from "./options.ts";

export const layerSqlite = ({
  file,
  now = Date.now,
  leaseMs,
  graceMs,
  maxEvents,
  maxAgeMs,
  keyTtlMs,
  roomIdleMs,
}: SqliteOptions): Layer.Layer<
  EventLog | History | LogTail | Retention | PresenceBoard | Signals | Revisions,
  DatabaseUnusable
> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const database = yield* openDatabase(file);
      const log = new RoomLog(database, { now, maxEvents, maxAgeMs });
      const keys = new IdempotencyKeys(database, keyTtlMs);
      const followers = new Followers(log);
      const commits = new GroupCommit(database, (room, entries) => followers.notify(room, entries));
      yield* Effect.addFinalizer(() =>
        Effect.sync(() => {
          commits.flush();
          followers.end();
        }),
      );
      return Context.make(EventLog, eventLog({ commits, log, keys, now })).pipe(
        Context.add(History, history(log)),
        Context.add(LogTail, followers),
        Context.add(Retention, retention(database, commits, log, { now, roomIdleMs })),
        Context.add(PresenceBoard, presenceBoard(database, commits, log, { now, leaseMs, graceMs })),
        Context.add(Signals, signals()),
        Context.add(Revisions, revisions(database, commits, now)),
      );
    }),
  );
