/**
 * The idempotency keys: of all commands with the same user, room and key only the first is appended (I1). A
 * key is kept for its lifetime, even if its entry is trimmed. Every use deletes a few expired keys, so the
 * table needs no sweep.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { MessageFact } from "../../domain/event.ts";
import { position, type Head } from "../../domain/position.ts";
import { integer, text } from "./column.ts";
import type { RoomKey } from "./room-log.ts";

const DELETED_PER_USE = 4;

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
        (SELECT room, user, key FROM keys WHERE used_at <= ? ORDER BY used_at LIMIT ${DELETED_PER_USE})`,
    );
  }

  /** The id and seq of the first command with this key. */
  find(room: RoomKey, { by, key }: MessageFact, now: number): Head | undefined {
    const row = this.#find.get(room, by.id, key, now - this.#ttlMs);
    return row && { id: position(text(row["id"])), seq: integer(row["seq"]) };
  }

  keep(room: RoomKey, { by, key }: MessageFact, at: Head, now: number): void {
    this.#keep.run(room, by.id, key, at.id, at.seq, now);
    this.#sweep.run(now - this.#ttlMs);
  }
}
