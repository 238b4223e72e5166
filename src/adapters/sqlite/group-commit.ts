/**
 * All writes go through here, one after the other: those that arrive in one turn of the event loop share one transaction, and so one write to
 * the disk. Only then are they answered, and what they appended is told.
 *
 * - A write is one atomic step: a transaction with a failed write in it is rolled back, and its writes are then tried each on its own,
 *   so that one can't spoil the others. A write may therefore run twice, and must do nothing but read and write the database.
 * - What was appended is told in the order in which it was committed, once a room and transaction.
 */
import { Effect } from "effect";
import type { DatabaseSync } from "node:sqlite";
import { LogUnavailable } from "../../app/ports/event-log.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";

/** The entries that a transaction appends, by room. */
export class Appended {
  readonly rooms = new Map<RoomName, Entry[]>();

  add(room: RoomName, entry: Entry): void {
    const entries = this.rooms.get(room);
    if (entries === undefined) this.rooms.set(room, [entry]);
    else entries.push(entry);
  }
}

interface Write {
  readonly run: (appended: Appended) => void;
  readonly answer: () => void;
  readonly fail: (cause: unknown) => void;
}

export type Tell = (room: RoomName, entries: readonly Entry[]) => void;

export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #tell: Tell;
  #waiting: Write[] = [];
  readonly #untold: Appended[] = [];
  #telling = false;

  constructor(database: DatabaseSync, tell: Tell) {
    this.#database = database;
    this.#tell = tell;
  }

  /** Succeeds with what `work` gives once that is on the disk. */
  write<A>(work: (appended: Appended) => A): Effect.Effect<A, LogUnavailable> {
    return Effect.callback<A, LogUnavailable>((resume) => {
      let done: { readonly value: A } | undefined;
      if (this.#waiting.length === 0) setImmediate(() => this.flush());
      this.#waiting.push({
        run: (appended) => {
          done = { value: work(appended) };
        },
        answer: () => done && resume(Effect.succeed(done.value)),
        fail: (cause) => resume(Effect.fail(new LogUnavailable({ cause }))),
      });
    });
  }

  /** Commits what waits, without waiting for the turn's end. */
  flush(): void {
    const writes = this.#waiting;
    this.#waiting = [];
    if (writes.length > 0) this.#commit(writes);
  }

  #commit(writes: readonly Write[]): void {
    const appended = new Appended();
    try {
      this.#transact(() => {
        for (const write of writes) write.run(appended);
      });
    } catch (cause) {
      if (writes.length > 1) for (const write of writes) this.#commit([write]);
      else writes[0]?.fail(cause);
      return;
    }
    this.#untold.push(appended);
    for (const write of writes) write.answer();
    this.#tellAll();
  }

  #transact(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (cause) {
      // Some failures have rolled back by themselves already.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw cause;
    }
  }

  /** Whoever is answered or told may write again at once: that is told after what was committed before it. */
  #tellAll(): void {
    if (this.#telling) return;
    this.#telling = true;
    try {
      for (let next = this.#untold.shift(); next !== undefined; next = this.#untold.shift()) {
        for (const [room, entries] of next.rooms) this.#tell(room, entries);
      }
    } finally {
      this.#telling = false;
    }
  }
}
