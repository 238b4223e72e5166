/**
 * Who is in a room, as a fold of its events from a state on (P4): the board's members at some event, and every
 * `member.joined` and `member.left` after it. A server's feed and a client keep it with this same function.
 */
import type { Author, Fact, RoomEvent, UnknownFact } from "./event.ts";
import type { UserId } from "./user.ts";

export interface Roster {
  /** Those who are listed, by id, in the order in which they came. */
  readonly listed: ReadonlyMap<UserId, Author>;
  /** How many more are there that are counted only (P6). */
  readonly counted: number;
}

/** What the fold needs of an event. */
export type RosterStep = RoomEvent | { readonly type: Fact["type"]; readonly by: Author } | UnknownFact;

export const EMPTY_ROSTER: Roster = { listed: new Map(), counted: 0 };

export const rosterOf = (members: readonly Author[], memberCount: number): Roster => ({
  listed: new Map(members.map((member) => [member.id, member])),
  counted: Math.max(0, memberCount - members.length),
});

export const memberCount = (roster: Roster): number => roster.listed.size + roster.counted;

/** One step of the fold: idempotent, and a name that changed is taken from whatever its bearer does next (W8). */
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

/** A `members` frame or signal: how many there are in all now (P6). */
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
