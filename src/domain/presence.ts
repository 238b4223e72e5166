/**
 * The presence decider: derives the members of one room from leases.
 *
 * - A joined connection holds a lease, which its instance renews.
 * - A user is a member while they have at least one lease (P1). The first lease makes `member.joined`, and
 *   the end of the last one makes `member.left`. So the two alternate, whichever connections come, go or die.
 * - A connection that was cut keeps its lease for the grace time (P2).
 * - An instance that died no longer renews its leases. The next sweep, on any instance, ends them (P3).
 * - In a large room a new member is counted and not listed (P6).
 *
 * Times are unix milliseconds and come with the command. Changes are values: the board stores them, and the
 * log appends their facts in the same atomic step.
 */
import type { Author, MemberFact } from "./event.ts";
import type { UserId } from "./user.ts";

/** From this number of members on, a new member is counted and not listed (P6). */
export const LARGE_ROOM = 200;

declare const connectionId: unique symbol;
export type ConnectionId = string & { readonly [connectionId]: true };

const isConnectionId = (id: string): id is ConnectionId => /^[\x21-\x7e]{1,128}$/.test(id);

/** For an id that this service made: printable ASCII without a space. Throws if it is not. */
export const parseConnectionId = (id: string): ConnectionId => {
  if (!isConnectionId(id)) throw new Error(`not a connection id: ${id}`);
  return id;
};

export interface Lease {
  readonly connection: ConnectionId;
  readonly user: UserId;
  readonly expiresAt: number;
}

export interface Member extends Author {
  readonly listed: boolean;
}

export interface Board {
  readonly members: ReadonlyMap<UserId, Member>;
  readonly leases: ReadonlyMap<ConnectionId, Lease>;
}

export const EMPTY_BOARD: Board = { members: new Map(), leases: new Map() };

export type PresenceCommand =
  /** A connection joins or renews its lease. If the board has lost the lease, a renewal joins again (R4). */
  | {
      readonly type: "enter";
      readonly user: Author;
      readonly connection: ConnectionId;
      readonly expiresAt: number;
    }
  /** A connection leaves: its lease ends at once. */
  | { readonly type: "leave"; readonly connection: ConnectionId }
  /** A connection was cut: its lease lasts until `expiresAt`, the end of the grace time. */
  | { readonly type: "drop"; readonly connection: ConnectionId; readonly expiresAt: number }
  | { readonly type: "sweep"; readonly now: number };

export type PresenceChange =
  | { readonly type: "lease.held"; readonly lease: Lease }
  | { readonly type: "lease.ended"; readonly connection: ConnectionId }
  | { readonly type: "member.came"; readonly member: Member }
  | { readonly type: "member.renamed"; readonly member: Member }
  | { readonly type: "member.went"; readonly member: Member };

const end = (board: Board, ended: readonly Lease[]): readonly PresenceChange[] => {
  const connections = new Set(ended.map((lease) => lease.connection));
  const remaining = new Set<UserId>();
  for (const lease of board.leases.values()) {
    if (!connections.has(lease.connection)) remaining.add(lease.user);
  }
  const gone = new Set(ended.map((lease) => lease.user).filter((user) => !remaining.has(user)));
  return [
    ...ended.map(({ connection }) => ({ type: "lease.ended", connection }) as const),
    ...[...gone].flatMap((user) => {
      const member = board.members.get(user);
      return member === undefined ? [] : [{ type: "member.went", member } as const];
    }),
  ];
};

export const decidePresence = (command: PresenceCommand, board: Board): readonly PresenceChange[] => {
  switch (command.type) {
    case "enter": {
      const { user, connection, expiresAt } = command;
      const held = {
        type: "lease.held",
        lease: { connection, user: user.id, expiresAt },
      } as const;
      const known = board.members.get(user.id);
      if (known === undefined) {
        const listed = board.members.size < LARGE_ROOM;
        return [held, { type: "member.came", member: { ...user, listed } }];
      }
      if (known.name === user.name) return [held];
      return [held, { type: "member.renamed", member: { ...known, name: user.name } }];
    }
    case "leave": {
      const lease = board.leases.get(command.connection);
      return lease === undefined ? [] : end(board, [lease]);
    }
    case "drop": {
      const lease = board.leases.get(command.connection);
      return lease === undefined
        ? []
        : [{ type: "lease.held", lease: { ...lease, expiresAt: command.expiresAt } }];
    }
    case "sweep":
      return end(
        board,
        [...board.leases.values()].filter((lease) => lease.expiresAt <= command.now),
      );
  }
};

export const evolveBoard = (board: Board, change: PresenceChange): Board => {
  switch (change.type) {
    case "lease.held":
      return {
        ...board,
        leases: new Map(board.leases).set(change.lease.connection, change.lease),
      };
    case "lease.ended": {
      const leases = new Map(board.leases);
      leases.delete(change.connection);
      return { ...board, leases };
    }
    case "member.came":
    case "member.renamed":
      return {
        ...board,
        members: new Map(board.members).set(change.member.id, change.member),
      };
    case "member.went": {
      const members = new Map(board.members);
      members.delete(change.member.id);
      return { ...board, members };
    }
  }
};

/**
 * The fact that the room's log gets for a change. Undefined if there is none, as for counted members (P6).
 */
export const factOf = (change: PresenceChange): MemberFact | undefined => {
  if (change.type !== "member.came" && change.type !== "member.went") return undefined;
  const { id, name, listed } = change.member;
  if (!listed) return undefined;
  return {
    type: change.type === "member.came" ? "member.joined" : "member.left",
    by: { id, name },
  };
};
