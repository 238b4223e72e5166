/**
 * The port PresenceBoard on SQLite. Leases and members are on the disk, so a restart of the process causes
 * neither leaves nor joins.
 *
 * The domain decides (`decidePresence`). It gets only the part of a room that its decision needs: the users
 * in question, all their leases if one may end, and for a new member enough other members to know whether the
 * room is large (P6). So a renewal costs the same in a large room as in a small one.
 */
import { Effect } from "effect";
import type { DatabaseSync, StatementSync } from "node:sqlite";
import type { Members, Presence, PresenceBoard } from "../../app/ports/presence-board.ts";
import type { LogUnavailable } from "../../app/ports/event-log.ts";
import { EMPTY_HEAD } from "../../domain/position.ts";
import {
  decidePresence,
  factOf,
  LARGE_ROOM,
  parseConnectionId,
  type Board,
  type Lease,
  type Member,
  type PresenceChange,
  type PresenceCommand,
} from "../../domain/presence.ts";
import { parseRoomName, type RoomName } from "../../domain/room-name.ts";
import { parseUserId, type UserId } from "../../domain/user.ts";
import { integer, text, type Row } from "./column.ts";
import { reading } from "./reading.ts";
import type { Appended, GroupCommit } from "./group-commit.ts";
import type { RoomKey, RoomLog } from "./room-log.ts";

/** The maximum of leases that one transaction of a sweep ends, so that other writes do not wait long. */
const MAX_SWEPT = 500;

export interface BoardOptions {
  readonly now: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
}

export const presenceBoard = (
  database: DatabaseSync,
  commits: GroupCommit,
  log: RoomLog,
  { now, leaseMs, graceMs }: BoardOptions,
): PresenceBoard["Service"] => {
  const tables = new PresenceTables(database);

  const apply = (
    room: RoomName,
    key: RoomKey,
    changes: readonly PresenceChange[],
    appended: Appended,
  ): void => {
    for (const change of changes) {
      tables.store(key, change, now());
      const fact = factOf(change);
      if (fact !== undefined) log.append(room, key, fact, appended);
    }
  };

  /** Performs all commands in one write: the board and the logs of the rooms change together. */
  const forEach = (
    presences: readonly Presence[],
    commandOf: (presence: Presence, now: number) => PresenceCommand,
  ): Effect.Effect<void, LogUnavailable> =>
    presences.length === 0
      ? Effect.void
      : commits.write((appended) => {
          const time = now();
          for (const presence of presences) {
            const key = log.findOrMake(presence.room);
            const command = commandOf(presence, time);
            // The decision on `enter` does not depend on the leases that the user already has.
            const leases = command.type !== "enter";
            const board = tables.boardOf(key, new Set([presence.user.id]), leases);
            const changes = decidePresence(command, board);
            apply(presence.room, key, changes, appended);
          }
        });

  /** Ends some expired leases. The result is whether there may be more. */
  const sweepSome = commits.write((appended) => {
    const time = now();
    const expired = tables.expired(time, MAX_SWEPT);
    for (const [key, users] of expired.users) {
      const changes = decidePresence({ type: "sweep", now: time }, tables.boardOf(key, users, true));
      apply(roomNamed(log.nameOf(key)), key, changes, appended);
    }
    return expired.leases === MAX_SWEPT;
  });

  const sweep: Effect.Effect<void, LogUnavailable> = Effect.gen(function* () {
    // Most sweeps find nothing, and should cost no transaction.
    if (!(yield* reading(() => tables.anyExpired(now())))) return;
    while (yield* sweepSome);
  });

  const members = (room: RoomName): Members => {
    const key = log.find(room);
    if (key === undefined) return { members: [], memberCount: 0, at: EMPTY_HEAD };
    const all = tables.members(key);
    return {
      members: all.filter(({ listed }) => listed).map(({ id, name }) => ({ id, name })),
      memberCount: all.length,
      at: log.head(key),
    };
  };

  return {
    enter: (presences) =>
      forEach(presences, ({ user, connection }, now) => ({
        type: "enter",
        user,
        connection,
        expiresAt: now + leaseMs,
      })),
    leave: (presences) => forEach(presences, ({ connection }) => ({ type: "leave", connection })),
    drop: (presences) =>
      forEach(presences, ({ connection }, now) => ({ type: "drop", connection, expiresAt: now + graceMs })),
    sweep,
    members: (room) => reading(() => members(room)),
  };
};

/** All statements on leases and members. */
class PresenceTables {
  readonly #member: StatementSync;
  readonly #members: StatementSync;
  readonly #someMembers: StatementSync;
  readonly #leases: StatementSync;
  readonly #expired: StatementSync;
  readonly #holdLease: StatementSync;
  readonly #endLease: StatementSync;
  readonly #fill: StatementSync;
  readonly #empty: StatementSync;
  readonly #keepMember: StatementSync;
  readonly #dropMember: StatementSync;

  constructor(database: DatabaseSync) {
    this.#member = database.prepare("SELECT user, name, listed FROM members WHERE room = ? AND user = ?");
    this.#members = database.prepare("SELECT user, name, listed FROM members WHERE room = ?");
    this.#someMembers = database.prepare("SELECT user, name, listed FROM members WHERE room = ? LIMIT ?");
    this.#leases = database.prepare(
      "SELECT connection, user, expires_at FROM leases INDEXED BY leases_by_user WHERE room = ? AND user = ?",
    );
    this.#expired = database.prepare(
      "SELECT room, user FROM leases WHERE expires_at <= ? ORDER BY expires_at LIMIT ?",
    );
    this.#holdLease = database.prepare(
      "INSERT OR REPLACE INTO leases (room, connection, user, expires_at) VALUES (?, ?, ?, ?)",
    );
    this.#endLease = database.prepare("DELETE FROM leases WHERE room = ? AND connection = ?");
    this.#fill = database.prepare(
      "UPDATE rooms SET empty_since = NULL WHERE room = ? AND empty_since IS NOT NULL",
    );
    this.#empty = database.prepare(
      "UPDATE rooms SET empty_since = ? WHERE room = ? AND NOT EXISTS (SELECT 1 FROM leases WHERE room = ?)",
    );
    this.#keepMember = database.prepare(
      "INSERT OR REPLACE INTO members (room, user, name, listed) VALUES (?, ?, ?, ?)",
    );
    this.#dropMember = database.prepare("DELETE FROM members WHERE room = ? AND user = ?");
  }

  /** The part of a room's board that a decision about these users needs. */
  boardOf(room: RoomKey, users: ReadonlySet<UserId>, withLeases: boolean): Board {
    const members = new Map<UserId, Member>();
    const leases = new Map<Lease["connection"], Lease>();
    for (const user of users) {
      const row = this.#member.get(room, user);
      if (row !== undefined) members.set(user, memberIn(row));
      if (!withLeases) continue;
      for (const lease of this.#leases.all(room, user).map(leaseIn)) leases.set(lease.connection, lease);
    }
    if (members.size < users.size) {
      for (const member of this.#someMembers.all(room, LARGE_ROOM).map(memberIn)) {
        members.set(member.id, member);
      }
    }
    return { members, leases };
  }

  members(room: RoomKey): readonly Member[] {
    return this.#members.all(room).map(memberIn);
  }

  anyExpired(now: number): boolean {
    return this.#expired.get(now, 1) !== undefined;
  }

  /** The users with expired leases by room, and the number of those leases. */
  expired(
    now: number,
    limit: number,
  ): { readonly users: ReadonlyMap<RoomKey, Set<UserId>>; readonly leases: number } {
    const users = new Map<RoomKey, Set<UserId>>();
    const rows = this.#expired.all(now, limit);
    for (const row of rows) {
      const room = integer(row["room"]);
      users.set(room, (users.get(room) ?? new Set()).add(userIn(row)));
    }
    return { users, leases: rows.length };
  }

  store(room: RoomKey, change: PresenceChange, now: number): void {
    switch (change.type) {
      case "lease.held": {
        const { connection, user, expiresAt } = change.lease;
        this.#holdLease.run(room, connection, user, expiresAt);
        this.#fill.run(room);
        return;
      }
      case "lease.ended":
        this.#endLease.run(room, change.connection);
        this.#empty.run(now, room, room);
        return;
      case "member.came":
      case "member.renamed": {
        const { id, name, listed } = change.member;
        this.#keepMember.run(room, id, name, listed ? 1 : 0);
        return;
      }
      case "member.went":
        this.#dropMember.run(room, change.member.id);
        return;
    }
  }
}

const userIn = (row: Row): UserId => {
  const parsed = parseUserId(text(row["user"]));
  if (!parsed.ok) throw new Error("not a user id in the database");
  return parsed.value;
};

const memberIn = (row: Row): Member => ({
  id: userIn(row),
  name: text(row["name"]),
  listed: integer(row["listed"]) === 1,
});

const leaseIn = (row: Row): Lease => ({
  connection: parseConnectionId(text(row["connection"])),
  user: userIn(row),
  expiresAt: integer(row["expires_at"]),
});

const roomNamed = (name: string): RoomName => {
  const parsed = parseRoomName(name);
  if (!parsed.ok) throw new Error("not a room name in the database");
  return parsed.value;
};
