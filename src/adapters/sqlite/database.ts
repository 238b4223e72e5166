/**
 * The one SQLite file: opened, locked, migrated, and closed with its scope.
 *
 * - One process owns the file: the lock is the operating system's, taken at once and held until the process ends, however it ends.
 * - What has been committed is on the disk, over a kill and a power failure alike (`synchronous = FULL`).
 * - What was deleted is overwritten and not merely forgotten (`secure_delete`).
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
    ? `The log ${file} is in use by another process: one process owns it, so stop that one, or set REDIS_URL to run several.`
    : `The log ${file} can't be opened: ${reason}.`;
  return new DatabaseUnusable({ message, cause });
};

const migrate = (database: DatabaseSync): void => {
  const version = integer(database.prepare("PRAGMA user_version").get()?.["user_version"]);
  const newest = FIRST_VERSION + MIGRATIONS.length - 1;
  if (version > newest) {
    throw new Error(`its schema is of version ${version}, which is newer than this program`);
  }
  if (version > 0 && version < FIRST_VERSION) {
    throw new Error(`its schema is of version ${version}, from before the first release: remove the file`);
  }
  const applied = version === 0 ? 0 : version - FIRST_VERSION + 1;
  for (const migration of MIGRATIONS.slice(applied)) database.exec(migration);
  database.exec(`PRAGMA user_version = ${newest}`);
};

const open = (file: string): DatabaseSync => {
  if (file !== MEMORY) mkdirSync(dirname(file), { recursive: true });
  const database = new DatabaseSync(file, { returnArrays: false, timeout: 0 });
  try {
    // The locking mode comes before the journal's: so the index of the write-ahead log is this process's own memory, and no second one can look in.
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
