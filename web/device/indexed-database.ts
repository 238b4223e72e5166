/**
 * One object store of IndexedDB, with an index on `at`. The database is opened at the first use, and again
 * after a failure.
 */
import type { RecordDatabase } from "./device.ts";

const resultOf = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(request.error ?? new Error("refused")));
  });

const endOf = (transaction: IDBTransaction): Promise<void> =>
  new Promise((resolve, reject) => {
    transaction.addEventListener("complete", () => resolve());
    transaction.addEventListener("abort", () => reject(transaction.error ?? new Error("aborted")));
  });

const open = async (name: string, storeName: string): Promise<IDBDatabase> => {
  const request = indexedDB.open(name, 1);
  request.addEventListener("upgradeneeded", () => {
    request.result.createObjectStore(storeName).createIndex("at", "at");
  });
  const database = await resultOf(request);
  // A page of a later version waits for this connection to close before it changes the schema.
  database.addEventListener("versionchange", () => database.close());
  return database;
};

const close = (database: IDBDatabase): void => database.close();
const ignore = (): void => {};

export const indexedDatabase = (name: string, storeName: string): RecordDatabase => {
  let opened: Promise<IDBDatabase> | undefined;

  /** `act` makes its requests at once: a transaction ends when it has none left. */
  const transact = async (mode: IDBTransactionMode, act: (store: IDBObjectStore) => void): Promise<void> => {
    try {
      opened ??= open(name, storeName);
      const transaction = (await opened).transaction(storeName, mode);
      const end = endOf(transaction);
      act(transaction.objectStore(storeName));
      await end;
    } catch (error) {
      void opened?.then(close, ignore);
      opened = undefined;
      throw error;
    }
  };

  return {
    async readAll() {
      const found = new Map<string, unknown>();
      await transact("readonly", (store) => {
        const keys = store.getAllKeys();
        const records = store.getAll();
        records.addEventListener("success", () => {
          for (const [index, key] of keys.result.entries()) found.set(String(key), records.result[index]);
        });
      });
      return found;
    },

    put: (key, record, most) =>
      transact("readwrite", (store) => {
        store.put(record, key);
        const oldestFirst = store.index("at").getAllKeys();
        oldestFirst.addEventListener("success", () => {
          const extra = Math.max(0, oldestFirst.result.length - most);
          for (const oldest of oldestFirst.result.slice(0, extra)) store.delete(oldest);
        });
      }),

    delete: (key) => transact("readwrite", (store) => void store.delete(key)),

    clear: () => transact("readwrite", (store) => void store.clear()),
  };
};
