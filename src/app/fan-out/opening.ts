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
import type { History, PageBefore } from "../ports/history.ts";
import type { PresenceBoard } from "../ports/presence-board.ts";

export interface Opening {
  readonly head: Head;
  readonly entries: readonly Entry[];
  /** Whether the log keeps older entries than these. */
  readonly more: boolean;
  readonly roster: Roster;
}

/** The number of entries that are read first. They show how long the room's messages are. */
const FIRST_PAGE = 100;

/**
 * Adds older entries to a page: as many as the backlog can hold, estimated from the sizes of the known
 * entries, and at least all after `seq`.
 */
const withOlder = (
  history: History["Service"],
  room: RoomName,
  page: PageBefore,
  seq: number,
  backlogEvents: number,
  backlogSize: number,
): Effect.Effect<PageBefore, LogUnavailable> =>
  Effect.gen(function* () {
    const [oldest] = page.entries;
    if (oldest === undefined || !page.more) return page;
    const known = page.entries.length;
    const meanSize = page.entries.reduce((sum, { size }) => sum + size, 0) / known;
    const fitting = Math.min(backlogEvents, Math.floor(backlogSize / meanSize)) - known;
    const missing = Math.max(fitting, oldest.seq - 1 - seq);
    if (missing <= 0) return page;
    const older = yield* history.before(room, oldest.id, missing);
    // Meanwhile the log may have been trimmed, or have diverged.
    if (older.entries.at(-1)?.id !== oldest.previous) return page;
    return { ...page, entries: [...older.entries, ...page.entries], more: older.more };
  });

export const readOpening = (
  history: History["Service"],
  board: PresenceBoard["Service"],
  room: RoomName,
  backlogEvents: number,
  backlogSize: number,
): Effect.Effect<Opening, LogUnavailable> =>
  Effect.gen(function* () {
    // The members are read first. A later join or leave is among the entries, and is folded into the roster.
    const { members, memberCount, at } = yield* board.members(room);
    const first = yield* history.before(room, undefined, Math.min(FIRST_PAGE, backlogEvents));
    const page = yield* withOlder(history, room, first, at.seq, backlogEvents, backlogSize);
    const { head, entries, more } = page;
    const roster = entries
      .filter((entry) => entry.seq > at.seq)
      .reduce((roster, entry) => evolveRoster(roster, rosterStepOf(entry)), rosterOf(members, memberCount));
    return { head, entries, more, roster };
  });
