/**
 * The schema, versioned by `user_version`: the nth migration leads from version n to n + 1. What has been released is never changed,
 * only followed by another migration.
 *
 * - A position is stored as its two numbers, so that it orders as numbers do. In a room, ids and seqs grow together.
 * - `post` of an entry is the seq of the message that it words: its own for a post, the post's for an edit, none for all others.
 */
const FIRST = `
  CREATE TABLE rooms (
    room INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
  ) STRICT;

  CREATE TABLE entries (
    room INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ms INTEGER NOT NULL,
    n INTEGER NOT NULL,
    previous TEXT NOT NULL,
    post INTEGER,
    fact TEXT NOT NULL,
    PRIMARY KEY (room, seq)
  ) STRICT, WITHOUT ROWID;
  CREATE UNIQUE INDEX entries_by_position ON entries (room, ms, n);
  CREATE INDEX entries_by_post ON entries (room, post) WHERE post IS NOT NULL;

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

export const MIGRATIONS: readonly string[] = [FIRST];
