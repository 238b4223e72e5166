/**
 * The schema, versioned by `user_version`. A released migration is never changed; a change is another
 * migration.
 *
 * - A position is stored as two numbers, so that the database orders it as numbers. In a room, ids and seqs
 *   increase together.
 * - A room has `said`, whether a message was ever posted in it, and `empty_since`, the time (unix ms) since
 *   when it has no members (L5).
 * - An entry has its envelope in columns, and its body as JSON text (docs/stored-format.md).
 */
const FIRST = `
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    said INTEGER NOT NULL DEFAULT 0,
    empty_since INTEGER
  ) STRICT;
  CREATE INDEX rooms_by_emptiness ON rooms (empty_since) WHERE empty_since IS NOT NULL;

  CREATE TABLE entries (
    room INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    n INTEGER NOT NULL,
    previous TEXT NOT NULL,
    version INTEGER NOT NULL,
    type TEXT NOT NULL,
    subject TEXT,
    author TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX entries_by_position ON entries (room, ms, n);
  CREATE INDEX edits_by_subject ON entries (room, subject) WHERE type = 'message.edited';

  CREATE TABLE keys (
    room INTEGER NOT NULL,
    user TEXT NOT NULL,
    key TEXT NOT NULL,
    seq INTEGER NOT NULL,
    id TEXT NOT NULL,
    used_at INTEGER NOT NULL,
    PRIMARY KEY (room, user, key)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX keys_by_age ON keys (used_at);

  CREATE TABLE members (
    room INTEGER NOT NULL,
    user TEXT NOT NULL,
    name TEXT NOT NULL,
    listed INTEGER NOT NULL,
    PRIMARY KEY (room, user)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE leases (
    room INTEGER NOT NULL,
    connection TEXT NOT NULL,
    user TEXT NOT NULL,
    expires_at INTEGER NOT NULL,
    PRIMARY KEY (room, connection)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX leases_by_user ON leases (room, user);
  CREATE INDEX leases_by_end ON leases (expires_at);

  CREATE TABLE revisions (
    name TEXT PRIMARY KEY,
    since INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/** The version of the first schema that is supported. Version 1 was in use before any release. */
export const FIRST_VERSION = 2;

/** The migration at index n leads to version `FIRST_VERSION + n`. */
export const MIGRATIONS: readonly string[] = [FIRST];
