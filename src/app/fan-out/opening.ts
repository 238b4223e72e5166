/**
 * Reads the state with which a feed opens: the head, the newest entries, and the roster at the head.
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
  /** Whether the log keeps older entries than these. */
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
    // The members are read first. A later join or leave is among the entries, and is folded into the roster.
    const { members, memberCount, at } = yield* board.members(room);
    const { head, entries, more } = yield* history.before(room, undefined, backlogEvents);
    const roster = entries
      .filter((entry) => entry.seq > at.seq)
      .reduce((roster, entry) => evolveRoster(roster, rosterStepOf(entry)), rosterOf(members, memberCount));
    return { head, entries, more, roster };
  });
