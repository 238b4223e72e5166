/**
 * The port Revisions on SQLite. The newest revision is the one whose first announcement came last. The
 * announcements are kept across restarts.
 */
import type { DatabaseSync } from "node:sqlite";
import type { Revision, Revisions } from "../../app/ports/revisions.ts";
import { integer, text, type Row } from "./column.ts";
import { reading } from "./reading.ts";
import type { GroupCommit } from "./group-commit.ts";

const revisionIn = (row: Row): Revision => ({ name: text(row["name"]), since: integer(row["since"]) });

export const revisions = (
  database: DatabaseSync,
  commits: GroupCommit,
  now: () => number,
): Revisions["Service"] => {
  const add = database.prepare("INSERT INTO revisions (name, since) VALUES (?, ?) ON CONFLICT DO NOTHING");
  const since = database.prepare("SELECT since FROM revisions WHERE name = ?");
  const newest = database.prepare("SELECT name, since FROM revisions ORDER BY since DESC, name DESC LIMIT 1");
  return {
    announce: (name) =>
      commits.write(() => {
        add.run(name, now());
        return { name, since: integer(since.get(name)?.["since"]) };
      }),
    newest: reading(() => {
      const row = newest.get();
      return row && revisionIn(row);
    }),
  };
};
