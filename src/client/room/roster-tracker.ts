/**
 * Follows the members of a room. The `members` of a `joined` are the state at its `head` (P4), so the tracker
 * folds the events after the head into them. After a hand-over, some of these events are here already.
 */
import type { RoomEvent } from "../../domain/event.ts";
import { EMPTY_ROSTER, evolveRoster, recount, rosterOf, type Roster } from "../../domain/roster.ts";
import type { Joined } from "../../wire/server-frame.ts";

export class RosterTracker {
  readonly #changed: (roster: Roster) => void;
  #roster: Roster = EMPTY_ROSTER;

  constructor(changed: (roster: Roster) => void) {
    this.#changed = changed;
  }

  get roster(): Roster {
    return this.#roster;
  }

  /** `since`: the events after the frame's head that are here already. */
  joined({ members, memberCount }: Joined, since: readonly RoomEvent[]): void {
    this.#set(since.reduce(evolveRoster, rosterOf(members, memberCount)));
  }

  /** Folds events after the head of the last `joined`. */
  saw(events: readonly RoomEvent[]): void {
    this.#set(events.reduce(evolveRoster, this.#roster));
  }

  /** The server counts the members of a large room (P6). */
  counted(memberCount: number): void {
    this.#set(recount(this.#roster, memberCount));
  }

  #set(roster: Roster): void {
    if (roster === this.#roster) return;
    this.#roster = roster;
    this.#changed(roster);
  }
}
