/**
 * Opens, locks and migrates the SQLite file, and closes it with the scope.
 *
 * Always true:
 * - One process owns the file. The operating system's lock is taken at the start and held until the process
 *   ends.
 * - A committed transaction is on the disk. It survives a kill and a power failure (`synchronous = FULL`).
 * - Deleted data is overwritten (`secure_delete`).
 */
import { Data, Effect, type Scope } from "effect";
import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { integer } from "./column.ts";
import { FIRST_VERSION, MIGRATIONS } from "./schema.ts";

/** The embedded log can't be opened. The message is one sentence for the person who started the service. */
export class DatabaseUnusable extends Data.TaggedError("DatabaseUnusable")<{
  readonly message: string;
  readonly cause: unknown;
}> {}

const MEMORY = ":memory:";
const BUSY = 5;

const isBusy = (cause: unknown): boolean =>
  cause instanceof Error && "errcode" in cause && cause.errcode === BUSY;

const unusable = (file: string, cause: unknown): DatabaseUnusable => {
  const reason = cause instanceof Error ? cause.message : String(cause);
  const message = isBusy(cause)
    ? `The log ${file} is in use by another process: stop that process, or set REDIS_URL to run several.`
    : `The log ${file} can't be opened: ${reason}.`;
  return new DatabaseUnusable({ message, cause });
};

const migrate = (database: DatabaseSync): void => {
  const version = integer(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  const newest = FIRST_VERSION + MIGRATIONS.length - 1;
  if (version > newest) {
    throw new Error(`its schema has version ${version}, which is newer than this program`);
  }
  if (version > 0 && version < FIRST_VERSION) {
    throw new Error(`its schema has version ${version}, from before the first release: remove the file`);
  }
  const applied = version === 0 ? 0 : version - FIRST_VERSION + 1;
  for (const migration of MIGRATIONS.slice(applied)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${newest}`);
};

const open = (file: string): DatabaseSync => {
  if (file !== MEMORY) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { returnArrays: false, timeout: 0 });
  try {
    // The locking mode must be set before the journal mode. Then the index of the write-ahead log is in the
    // memory of this process, and no second process can open the file.
    database.exec("PRAGMA locking_mode = EXCLUSIVE");
    database.exec("PRAGMA journal_mode = WAL");
    database.exec("PRAGMA synchronous = FULL");
    database.exec("PRAGMA secure_delete = ON");
    database.exec("BEGIN EXCLUSIVE");
    migrate(database);
    database.exec("COMMIT");
    return database;
  } catch (cause) {
    database.close();
    throw cause;
  }
};

export const openDatabase = (file: string): Effect.Effect<DatabaseSync, DatabaseUnusable, Scope.Scope> =>
  Effect.acquireRelease(
    Effect.try({ try: () => open(file), catch: (cause) => unusable(file, cause) }),
    (database) => Effect.sync(() => database.close()),
  );
