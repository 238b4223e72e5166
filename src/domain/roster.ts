/**
 * The roster: the members of a room as a fold of its events (P4). It starts from the members that the board
 * had at some event, and applies every `member.joined` and `member.left` after it. The server's feed and the
 * client use this same function.
 */
import type { Author, Fact, RoomEvent, UnknownFact } from "./event.ts";
import type { UserId } from "./user.ts";

export interface Roster {
  /** The listed members by id, in the order in which they came. */
  readonly listed: ReadonlyMap<UserId, Author>;
  /** The number of members who are counted and not listed (P6). */
  readonly counted: number;
}

/** The part of an event that the fold needs. */
export type RosterStep = RoomEvent | { readonly type: Fact["type"]; readonly by: Author } | UnknownFact;

export const EMPTY_ROSTER: Roster = { listed: new Map(), counted: 0 };

export const rosterOf = (members: readonly Author[], memberCount: number): Roster => ({
  listed: new Map(members.map((member) => [member.id, member])),
  counted: Math.max(0, memberCount - members.length),
});

export const memberCount = (roster: Roster): number => roster.listed.size + roster.counted;

/** One step of the fold. It is idempotent. A changed name is taken from the next event of that user (W8). */
export const evolveRoster = (roster: Roster, event: RosterStep): Roster => {
  if (event.type === "unknown") return roster;
  const { by } = event;
  const known = roster.listed.get(by.id);
  switch (event.type) {
    case "member.joined":
      return known?.name === by.name ? roster : withMember(roster, by);
    case "member.left":
      return known === undefined ? roster : withoutMember(roster, by.id);
    case "message.posted":
    case "message.edited":
    case "message.deleted":
    case "reaction.added":
    case "reaction.removed":
      return known === undefined || known.name === by.name ? roster : withMember(roster, by);
  }
};

/** Applies a `members` frame or signal, which has the number of all members (P6). */
export const recount = (roster: Roster, count: number): Roster => ({
  ...roster,
  counted: Math.max(0, count - roster.listed.size),
});

const withMember = (roster: Roster, member: Author): Roster => ({
  ...roster,
  listed: new Map(roster.listed).set(member.id, member),
});

const withoutMember = (roster: Roster, id: UserId): Roster => {
  const listed = new Map(roster.listed);
  listed.delete(id);
  return { ...roster, listed };
};
