/**
 * The port of presence: it keeps the leases of connections, and derives the members from them as
 * `domain/presence.ts` says. An adapter gets the durations of leases and of the grace time when it is made.
 *
 * Every adapter guarantees (test/contract/presence-board.contract.ts):
 * - The first lease of a user in a room appends `member.joined` to the room's log, and the end of the last
 *   lease appends `member.left`, each in the same atomic step. So the two alternate (P1).
 * - Times are those of the board's clock, not of the callers. So instances with different clocks agree.
 */
import { Context, type Effect } from "effect";
import type { Author } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { LogUnavailable } from "./event-log.ts";

/** A connection of a user in a room. */
export interface Presence {
  readonly room: RoomName;
  readonly user: Author;
  readonly connection: ConnectionId;
}

export interface Members {
  /** The listed members (P6), in no particular order. */
  readonly members: readonly Author[];
  /** The number of all members. */
  readonly memberCount: number;
  /** The head of the room at that moment. */
  readonly at: Head;
}

export class PresenceBoard extends Context.Service<
  PresenceBoard,
  {
    /**
     * Takes or renews a lease for each presence. A user whom the board has lost joins again (R4). A changed
     * name is stored without an event. Each room is one atomic step.
     */
    readonly enter: (presences: readonly Presence[]) => Effect.Effect<void, LogUnavailable>;
    /** Ends these leases at once. */
    readonly leave: (presences: readonly Presence[]) => Effect.Effect<void, LogUnavailable>;
    /** Shortens the leases of connections that were cut to the grace time (P2). */
    readonly drop: (presences: readonly Presence[]) => Effect.Effect<void, LogUnavailable>;
    /**
     * Ends every expired lease in all rooms, of all instances (P3). Several instances may sweep at the same
     * time.
     */
    readonly sweep: Effect.Effect<void, LogUnavailable>;
    readonly members: (room: RoomName) => Effect.Effect<Members, LogUnavailable>;
  }
>()("gapless/PresenceBoard") {}
