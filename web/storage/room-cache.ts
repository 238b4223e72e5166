/**
 * The room cache: the records of the rooms with the newest activity, for the page's next start.
 *
 * A room is written a moment after it changed, however often it changes, so the cache may lack the last
 * moment; the room's log still has that. A browser may forbid the database or have no room left: then the
 * page works as before, and `isFailing` is true until a later call succeeds.
 */
import { signal, type Signal } from "@preact/signals";
import type { Clock, CachedRoom, RoomName } from "../../src/client/index.ts";
import type { RecordDatabase } from "../device/device.ts";
import { decodeRecord, type RoomRecord } from "./room-record.ts";

export const MOST_ROOMS = 20;
export const WRITE_AFTER_MS = 500;
/** A room opens without its record where the browser has not answered within this time. */
export const READ_WITHIN_MS = 1_000;

interface Waiting {
  readonly record: () => RoomRecord | undefined;
  readonly cancel: () => void;
}

interface Dependencies {
  readonly database: RecordDatabase;
  readonly clock: Clock;
  /** Whether a user is signed in, in whichever tab. After a sign-out nothing is written any more. */
  readonly isSignedIn: () => boolean;
}

export class RoomCache {
  readonly isFailing: Signal<boolean> = signal(false);
  readonly #database: RecordDatabase;
  readonly #clock: Clock;
  readonly #isSignedIn: () => boolean;
  readonly #waiting = new Map<RoomName, Waiting>();
  #loaded: Promise<Map<string, CachedRoom>> | undefined;

  constructor({ database, clock, isSignedIn }: Dependencies) {
    this.#database = database;
    this.#clock = clock;
    this.#isSignedIn = isSignedIn;
  }

  /** Starts to read all records, for `take`. */
  load(): void {
    this.#loaded = this.#readWithinTime();
  }

  /**
   * What was cached of a room when the page opened. Given out once, since the page knows better afterwards.
   * Undefined where nothing was loaded; the promise always resolves within `READ_WITHIN_MS`.
   */
  take(name: RoomName): Promise<CachedRoom | undefined> | undefined {
    return this.#loaded?.then((rooms) => {
      const cached = rooms.get(name);
      rooms.delete(name);
      return cached;
    });
  }

  /** Tells that a room has changed. `record` is called when the room is written. */
  changed(name: RoomName, record: () => RoomRecord | undefined): void {
    const cancel =
      this.#waiting.get(name)?.cancel ?? this.#clock.after(WRITE_AFTER_MS, () => this.#write(name));
    this.#waiting.set(name, { record, cancel });
  }

  /** Writes at once what waits: the page may be about to close. */
  flush(): void {
    for (const name of this.#waiting.keys()) this.#write(name);
  }

  forget(name: RoomName): void {
    void this.take(name);
    this.#stopWaiting(name);
    void this.#attempt(this.#database.delete(name));
  }

  /** Drops what waits, without writing it. */
  discard(): void {
    for (const name of this.#waiting.keys()) this.#stopWaiting(name);
    this.#loaded = undefined;
  }

  /** Empties the cache, and drops what waits. */
  clear(): void {
    this.discard();
    void this.#attempt(this.#database.clear());
  }

  async #readWithinTime(): Promise<Map<string, CachedRoom>> {
    const rooms = new Map<string, CachedRoom>();
    const late = Promise.withResolvers<void>();
    const cancel = this.#clock.after(READ_WITHIN_MS, late.resolve);
    await Promise.race([this.#readInto(rooms), late.promise]);
    cancel();
    return rooms;
  }

  async #readInto(rooms: Map<string, CachedRoom>): Promise<void> {
    for (const [name, record] of (await this.#attempt(this.#database.readAll())) ?? []) {
      const cached = decodeRecord(record, this.#clock.now());
      if (cached !== undefined) rooms.set(name, cached);
    }
  }

  #write(name: RoomName): void {
    const waiting = this.#stopWaiting(name);
    const record = this.#isSignedIn() ? waiting?.record() : undefined;
    const write =
      record === undefined ? this.#database.delete(name) : this.#database.put(name, record, MOST_ROOMS);
    void this.#attempt(write);
  }

  #stopWaiting(name: RoomName): Waiting | undefined {
    const waiting = this.#waiting.get(name);
    waiting?.cancel();
    this.#waiting.delete(name);
    return waiting;
  }

  /** The result; undefined where the database fails. */
  async #attempt<T>(call: Promise<T>): Promise<T | undefined> {
    try {
      const result = await call;
      this.isFailing.value = false;
      return result;
    } catch {
      this.isFailing.value = true;
      return undefined;
    }
  }
}
