/**
 * What a feed opens with: the members at some event, the newest entries after it, and the head where both end.
 */
import { Effect } from "effect";
import type { Head } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { evolveRoster, rosterOf, type Roster } from "../../domain/roster.ts";
import { rosterStepOf } from "../../log/decode-event.ts";
import type { Entry } from "../../log/entry.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { History } from "../ports/history.ts";
import type { PresenceBoard } from "../ports/presence-board.ts";

export interface Opening {
  readonly head: Head;
  readonly entries: readonly Entry[];
  /** Older entries than these are kept. */
  readonly more: boolean;
  readonly roster: Roster;
}

export const readOpening = (
  history: History["Service"],
  board: PresenceBoard["Service"],
  room: RoomName,
  backlogEvents: number,
): Effect.Effect<Opening, LogUnavailable> =>
  Effect.gen(function* () {
    // The members come first: a join or leave after this moment is among the entries, and is folded.
    const { members, memberCount, at } = yield* board.members(room);
    const { head, entries, more } = yield* history.before(room, undefined, backlogEvents);
    const roster = entries
      .filter((entry) => entry.seq > at.seq)
      .reduce((roster, entry) => evolveRoster(roster, rosterStepOf(entry)), rosterOf(members, memberCount));
    return { head, entries, more, roster };
  });
