/**
 * All statements that read or write the entries of rooms.
 *
 * - All calls are synchronous, and throw if the database does.
 * - It caches nothing, so it always agrees with the database.
 * - If two indexes are possible, a statement names the one that reads few rows. SQLite would prefer the
 *   primary key, and read the whole room.
 * - `append` must be called inside a transaction. Its parameter `appended` collects the entries of which
 *   followers are notified after the commit.
 */
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Fact } from "../../domain/event.ts";
import { EMPTY_HEAD, nextPosition, position, type Head, type Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { entryOf, envelopeOf, type Entry } from "../../log/entry.ts";
import { redactedBody } from "../../log/redaction.ts";
import { integer, text, type Row } from "./column.ts";
import type { Appended } from "./group-commit.ts";
import { bound, positionOf, storable } from "./stored-position.ts";

const COLUMNS = "seq, ms, n, previous, version, type, subject, author, body";

/** The key of a room in the database. */
export type RoomKey = number;

export interface Bounds {
  readonly now: () => number;
  readonly maxEvents: number;
  readonly maxAgeMs: number;
}

export class RoomLog {
  readonly #bounds: Bounds;
  readonly #room: StatementSync;
  readonly #makeRoom: StatementSync;
  readonly #name: StatementSync;
  readonly #head: StatementSync;
  readonly #first: StatementSync;
  readonly #at: StatementSync;
  readonly #seqBelow: StatementSync;
  readonly #ascending: StatementSync;
  readonly #descending: StatementSync;
  readonly #insert: StatementSync;
  readonly #markAsUsed: StatementSync;
  readonly #edits: StatementSync;
  readonly #rewrite: StatementSync;
  readonly #trimByCount: StatementSync;
  readonly #trimByAge: StatementSync;

  /** The number of erasures since this process started. */
  erasures = 0;

  constructor(database: DatabaseSync, bounds: Bounds) {
    this.#bounds = bounds;
    this.#room = database.prepare("SELECT room FROM rooms WHERE name = ?");
    this.#makeRoom = database.prepare("INSERT INTO rooms (name, empty_since) VALUES (?, ?) RETURNING room");
    this.#name = database.prepare("SELECT name FROM rooms WHERE room = ?");
    this.#head = database.prepare("SELECT seq, ms, n FROM entries WHERE room = ? ORDER BY seq DESC LIMIT 1");
    this.#first = database.prepare("SELECT seq, ms, n FROM entries WHERE room = ? ORDER BY seq LIMIT 1");
    this.#at = database.prepare(`SELECT ${COLUMNS} FROM entries WHERE room = ? AND ms = ? AND n = ?`);
    this.#seqBelow = database.prepare(
      "SELECT seq FROM entries WHERE room = ? AND (ms, n) < (?, ?) ORDER BY ms DESC, n DESC LIMIT 1",
    );
    this.#ascending = database.prepare(
      `SELECT ${COLUMNS} FROM entries WHERE room = ? AND seq > ? ORDER BY seq LIMIT ?`,
    );
    this.#descending = database.prepare(
      `SELECT ${COLUMNS} FROM entries WHERE room = ? AND seq <= ? ORDER BY seq DESC LIMIT ?`,
    );
    this.#insert = database.prepare(
      `INSERT INTO entries (room, ${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#markAsUsed = database.prepare("UPDATE rooms SET said = 1 WHERE room = ? AND said = 0");
    this.#edits = database.prepare(
      `SELECT ${COLUMNS} FROM entries INDEXED BY edits_by_subject
        WHERE room = ? AND subject = ? AND type = 'message.edited'`,
    );
    this.#rewrite = database.prepare("UPDATE entries SET body = ? WHERE room = ? AND seq = ?");
    this.#trimByCount = database.prepare("DELETE FROM entries WHERE room = ? AND seq <= ?");
    this.#trimByAge = database.prepare(
      "DELETE FROM entries INDEXED BY entries_by_position WHERE room = ? AND ms < ?",
    );
  }

  /** The key of the room, if it exists in the database. */
  find(room: RoomName): RoomKey | undefined {
    const row = this.#room.get(room);
    return row && integer(row["room"]);
  }

  findOrMake(room: RoomName): RoomKey {
    return this.find(room) ?? integer(this.#makeRoom.get(room, this.#bounds.now())?.["room"]);
  }

  nameOf(key: RoomKey): string {
    return text(this.#name.get(key)?.["name"]);
  }

  head(key: RoomKey): Head {
    return headOf(this.#head.get(key)) ?? EMPTY_HEAD;
  }

  /** The oldest entry that is kept. Undefined if there is none. */
  first(key: RoomKey): Head | undefined {
    return headOf(this.#first.get(key));
  }

  /** The entry at exactly this position. */
  at(key: RoomKey, at: Position): Entry | undefined {
    const stored = storable(at);
    const row = stored && this.#at.get(key, stored.ms, stored.n);
    return row && readEntry(row, undefined);
  }

  /** The seq of the last entry below a position. 0 if there is none. */
  seqBelow(key: RoomKey, at: Position): number {
    const { ms, n } = bound(at);
    const row = this.#seqBelow.get(key, ms, n);
    return row === undefined ? 0 : integer(row["seq"]);
  }

  /** The entries after a seq, ascending. */
  following(key: RoomKey, seq: number, limit: number): readonly Entry[] {
    return readEntries(this.#ascending.all(key, seq, limit));
  }

  /** The last entries up to a seq, ascending. */
  upTo(key: RoomKey, seq: number, limit: number): readonly Entry[] {
    return readEntries(this.#descending.all(key, seq, limit).toReversed());
  }

  /** Appends a fact, erases the text of the message if it is a deletion (D6), and trims. */
  append(room: RoomName, key: RoomKey, fact: Fact, appended: Appended): Head {
    const now = this.#bounds.now();
    const head = this.head(key);
    const id = nextPosition(head.id, now);
    const seq = head.seq + 1;
    const envelope = envelopeOf(fact);
    const { version, type, subject, author, body } = envelope;
    const { ms, n } = bound(id);
    this.#insert.run(key, seq, ms, n, head.id, version, type, subject ?? null, author, body);
    if (fact.type !== "member.joined" && fact.type !== "member.left") this.#markAsUsed.run(key);
    if (fact.type === "message.deleted") this.#eraseText(key, fact.message);
    this.#trim(key, seq, now);
    appended.add(room, entryOf(id, seq, head.id, envelope));
    return { id, seq };
  }

  #eraseText(key: RoomKey, message: Position): void {
    const post = this.at(key, message);
    if (post === undefined) return;
    for (const { seq, body } of [post, ...readEntries(this.#edits.all(key, message))]) {
      this.#rewrite.run(redactedBody(body), key, seq);
    }
    this.erasures += 1;
  }

  #trim(key: RoomKey, head: number, now: number): void {
    const { maxEvents, maxAgeMs } = this.#bounds;
    if (maxEvents > 0) this.#trimByCount.run(key, head - maxEvents);
    // The last entry has the time of the clock, or a later one if the clock stepped back. So it always stays.
    if (maxAgeMs > 0) this.#trimByAge.run(key, now - maxAgeMs);
  }
}

const headOf = (row: Row | undefined): Head | undefined =>
  row && { id: positionOf(integer(row["ms"]), integer(row["n"])), seq: integer(row["seq"]) };

/** Reads ascending rows. `previous` is usually the id of the row before, which need not be parsed again. */
const readEntries = (rows: readonly Row[]): readonly Entry[] => {
  let last: Position | undefined;
  return rows.map((row) => {
    const entry = readEntry(row, last);
    last = entry.id;
    return entry;
  });
};

const readEntry = (row: Row, last: Position | undefined): Entry => {
  const id = positionOf(integer(row["ms"]), integer(row["n"]));
  const previous = text(row["previous"]);
  const subject = row["subject"];
  return entryOf(id, integer(row["seq"]), previous === last ? last : position(previous), {
    version: integer(row["version"]),
    type: text(row["type"]),
    subject: subject === null ? undefined : position(text(subject)),
    author: text(row["author"]),
    body: text(row["body"]),
  });
};
