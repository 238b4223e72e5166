/**
 * Which commands have been appended already: of the same user, room and key only the first is (I1). A key outlives its entry where that is
 * trimmed, and is forgotten after its time; every use sweeps a few that are over, so the table stays bounded without a sweep of its own.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { MessageFact } from "../../domain/event.ts";
import { position, type Head } from "../../domain/position.ts";
import { integer, text } from "./column.ts";
import type { RoomKey } from "./room-log.ts";

const SWEPT_A_USE = 4;

export class IdempotencyKeys {
  readonly #ttlMs: number;
  readonly #find: StatementSync;
  readonly #keep: StatementSync;
  readonly #sweep: StatementSync;

  constructor(database: DatabaseSync, ttlMs: number) {
    this.#ttlMs = ttlMs;
    this.#find = database.prepare(
      "SELECT id, seq FROM keys WHERE room = ? AND user = ? AND key = ? AND used_at > ?",
    );
    this.#keep = database.prepare(
      "INSERT OR REPLACE INTO keys (room, user, key, id, seq, used_at) VALUES (?, ?, ?, ?, ?, ?)",
    );
    this.#sweep = database.prepare(
      `DELETE FROM keys WHERE (room, user, key) IN
        (SELECT room, user, key FROM keys WHERE used_at <= ? ORDER BY used_at LIMIT ${SWEPT_A_USE})`,
    );
  }

  /** Where the first command with this key stands. */
  find(room: RoomKey, { by, key }: MessageFact, now: number): Head | undefined {
    const row = this.#find.get(room, by.id, key, now - this.#ttlMs);
    return row && { id: position(text(row["id"])), seq: integer(row["seq"]) };
  }

  keep(room: RoomKey, { by, key }: MessageFact, at: Head, now: number): void {
    this.#keep.run(room, by.id, key, at.id, at.seq, now);
    this.#sweep.run(now - this.#ttlMs);
  }
}
