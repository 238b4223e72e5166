/**
 * The rooms that are kept on this device, in IndexedDB: a record a room, the newest twenty.
 *
 * A room is written a moment after it has changed, however often it does; so what is kept may lack the last moment, which the room's log still has. A browser may
 * have no room for it, or forbid it: then the page works as before, and `unkept` says so.
 */
import { signal } from "@preact/signals";
import type { CachedRoom } from "../../src/client/index.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { read } from "./saved-values.ts";
import { keptRoomOf, type KeptRecord } from "./room-record.ts";

const MOST_ROOMS = 20;
const WRITE_AFTER_MS = 500;
/** A browser that does not answer in this time keeps nobody from their rooms. */
const OPEN_WITHIN_MS = 1_000;
const DATABASE = "gapless";
const ROOMS = "rooms";

export const unkept = signal(false);

const answerOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("refused")));
  });

const endOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("aborted")));
  });

const openDatabase = async (): Promise<IDBDatabase> => {
  const request = indexedDB.open(DATABASE, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(ROOMS).createIndex("at", "at");
  });
  const database = await answerOf(request);
  // A page of a later version needs another form of it.
  database.addEventListener("versionchange", () => database.close());
  return database;
};

let opened: Promise<IDBDatabase> | undefined;

const closed = (database: IDBDatabase): void => database.close();
const nothing = (): void => {};

/** Does something with the records, all of it or nothing; false where it can't be done. */
const within = async (mode: IDBTransactionMode, act: (rooms: IDBObjectStore) => void): Promise<boolean> => {
  try {
    opened ??= openDatabase();
    const transaction = (await opened).transaction(ROOMS, mode);
    const end = endOf(transaction);
    act(transaction.objectStore(ROOMS));
    await end;
    unkept.value = false;
    return true;
  } catch {
    void opened?.then(closed, nothing);
    opened = undefined;
    unkept.value = true;
    return false;
  }
};

const dropOldest = (rooms: IDBObjectStore): void => {
  const count = rooms.count();
  count.addEventListener("success", () => {
    let extra = count.result - MOST_ROOMS;
    if (extra <= 0) return;
    const cursor = rooms.index("at").openCursor();
    cursor.addEventListener("success", () => {
      if (cursor.result === null || extra <= 0) return;
      extra -= 1;
      cursor.result.delete();
      cursor.result.continue();
    });
  });
};

const load = async (): Promise<Map<string, CachedRoom>> => {
  const found = new Map<string, CachedRoom>();
  const isRead = within("readonly", (rooms) => {
    const names = rooms.getAllKeys();
    const records = rooms.getAll();
    records.addEventListener("success", () => {
      for (const [index, name] of names.result.entries()) {
        const kept = keptRoomOf(records.result[index], Date.now());
        if (typeof name === "string" && kept !== undefined) found.set(name, kept);
      }
    });
  });
  await Promise.race([isRead, new Promise((resolve) => setTimeout(resolve, OPEN_WITHIN_MS))]);
  return found;
};

let loaded: Promise<Map<string, CachedRoom>> | undefined;

/** Begins to read what is kept, for `takeKept`. */
export const loadKept = (): void => {
  loaded = load();
};

/** What was kept of a room when the page opened; once, since the page knows better afterwards. Comes in any case, before long. */
export const takeKept = (name: RoomName): Promise<CachedRoom | undefined> | undefined =>
  loaded?.then((rooms) => {
    const kept = rooms.get(name);
    rooms.delete(name);
    return kept;
  });

const timers = new Map<RoomName, number>();
const waiting = new Map<RoomName, () => KeptRecord | undefined>();

const write = (name: RoomName): void => {
  clearTimeout(timers.get(name));
  timers.delete(name);
  // Who has signed out in another tab leaves nothing behind from this one.
  const record = read("name") === undefined ? undefined : waiting.get(name)?.();
  waiting.delete(name);
  void within("readwrite", (rooms) => {
    if (record === undefined) {
      rooms.delete(name);
    } else {
      rooms.put(record, name);
      dropOldest(rooms);
    }
  });
};

/** The room has changed: it is written before long, as it is by then. */
export const keepRoom = (name: RoomName, record: () => KeptRecord | undefined): void => {
  waiting.set(name, record);
  if (!timers.has(name))
    timers.set(
      name,
      window.setTimeout(() => write(name), WRITE_AFTER_MS),
    );
};

/** What waits is written now: the page may be about to close. */
export const writeKept = (): void => {
  for (const name of waiting.keys()) write(name);
};

export const forgetRoom = (name: RoomName): void => {
  void takeKept(name);
  waiting.delete(name);
  write(name);
};

/** Nothing that waits is written any more. */
export const callOff = (): void => {
  for (const timer of timers.values()) clearTimeout(timer);
  timers.clear();
  waiting.clear();
  loaded = undefined;
};

/** Empties the shelf, and calls off what waits. */
export const forgetRooms = (): void => {
  callOff();
  void within("readwrite", (rooms) => rooms.clear());
};
