/**
 * Who is in a room, as its client follows it. The members in `joined` are the state at `head` (P4), so the roster folds what follows the head, whether that
 * is still to come or, after a hand-over, is here already.
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

  /** `since`: the events after its head that are here already. */
  joined({ members, memberCount }: Joined, since: readonly RoomEvent[]): void {
    this.#become(since.reduce(evolveRoster, rosterOf(members, memberCount)));
  }

  /** Events after the head of the last `joined`. */
  saw(events: readonly RoomEvent[]): void {
    this.#become(events.reduce(evolveRoster, this.#roster));
  }

  counted(memberCount: number): void {
    this.#become(recount(this.#roster, memberCount));
  }

  #become(roster: Roster): void {
    if (roster === this.#roster) return;
    this.#roster = roster;
    this.#changed(roster);
  }
}
