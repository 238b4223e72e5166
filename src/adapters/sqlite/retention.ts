/**
 * The port Retention on SQLite.
 *
 * The append of a deletion overwrites the text of the message in the database (`secure_delete`). The text is
 * still in the write-ahead log until that is emptied (D9). A room is forgotten in one transaction (L5).
 */
import { Effect } from "effect";
import type { DatabaseSync } from "node:sqlite";
import { EMPTY_ROOM_MS, type Retention } from "../../app/ports/retention.ts";
import { integer, type Row } from "./column.ts";
import type { GroupCommit } from "./group-commit.ts";
import { reading } from "./reading.ts";
import type { RoomLog } from "./room-log.ts";

/** The maximum of rooms that one transaction forgets, so that other writes do not wait long. */
const MAX_ROOMS = 100;
/** The tables that hold rows of a room. */
const TABLES = ["entries", "keys", "members", "leases", "rooms"] as const;

export const retention = (
  database: DatabaseSync,
  commits: GroupCommit,
  log: RoomLog,
  { now, roomIdleMs }: { readonly now: () => number; readonly roomIdleMs: number },
): Retention["Service"] => {
  const withoutMessages = database.prepare(
    `SELECT room FROM rooms WHERE empty_since <= ? AND said = 0 LIMIT ${MAX_ROOMS}`,
  );
  const idle = database.prepare(
    `SELECT room FROM rooms WHERE empty_since <= ?1 AND NOT EXISTS
      (SELECT 1 FROM entries WHERE entries.room = rooms.room AND ms > ?1) LIMIT ${MAX_ROOMS}`,
  );
  const forget = TABLES.map((table) => database.prepare(`DELETE FROM ${table} WHERE room = ?`));

  const due = (): readonly Row[] => {
    const rows = withoutMessages.all(now() - EMPTY_ROOM_MS);
    return roomIdleMs === 0 ? rows : [...rows, ...idle.all(now() - roomIdleMs)];
  };

  const forgetDue = Effect.gen(function* () {
    // Most rounds find nothing, and should cost no transaction.
    while ((yield* reading(due)).length > 0) {
      yield* commits.write(() => {
        for (const row of due()) for (const statement of forget) statement.run(integer(row["room"]));
      });
    }
  });

  /**
   * Undefined before the first round, because an earlier process may have left text in the write-ahead log.
   */
  let erased: number | undefined;
  const emptyWriteAheadLog = reading(() => {
    const { erasures } = log;
    if (erasures === erased) return;
    database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
    erased = erasures;
  });

  return { enforce: Effect.andThen(emptyWriteAheadLog, forgetDue) };
};
