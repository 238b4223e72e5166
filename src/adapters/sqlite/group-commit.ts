/**
 * Group commit: all writes to the database go through here, one after another. The writes of one turn of the
 * event loop share one transaction, and so one write to the disk. Only after that are they answered, and
 * followers notified.
 *
 * Always true:
 * - A write is atomic. If a write of a transaction fails, the transaction is rolled back, and each write is
 *   tried again on its own, so that one can't make the others fail. So a write may run twice. It must only
 *   read and write the database.
 * - Followers are notified in the order of the commits, once for each room and transaction.
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

export type Notify = (room: RoomName, entries: readonly Entry[]) => void;

export class GroupCommit {
  readonly #database: DatabaseSync;
  readonly #notify: Notify;
  #waiting: Write[] = [];
  readonly #unnotified: Appended[] = [];
  #isNotifying = false;

  constructor(database: DatabaseSync, notify: Notify) {
    this.#database = database;
    this.#notify = notify;
  }

  /** Runs `work` in a transaction. Succeeds with its result once that is on the disk. */
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

  /** Commits the waiting writes now, before the end of the turn. */
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
    this.#unnotified.push(appended);
    for (const write of writes) write.answer();
    this.#notifyAll();
  }

  #transact(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (cause) {
      // After some failures SQLite has already rolled back.
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw cause;
    }
  }

  /**
   * A caller or a follower may write again at once. Its entries are notified after all that were committed
   * before.
   */
  #notifyAll(): void {
    if (this.#isNotifying) return;
    this.#isNotifying = true;
    try {
      for (let next = this.#unnotified.shift(); next !== undefined; next = this.#unnotified.shift()) {
        for (const [room, entries] of next.rooms) this.#notify(room, entries);
      }
    } finally {
      this.#isNotifying = false;
    }
  }
}
