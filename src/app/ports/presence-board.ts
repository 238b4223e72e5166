/**
 * The port to who is where: leases of connections, and the members that follow from them (`domain/presence.ts` says how).
 *
 * What always holds of an adapter (test/contract/presence-board.contract.ts): the first lease of a user in a room and the end of the last append
 * `member.joined` and `member.left` to that room's log in the same atomic step, so the two alternate (P1) for everyone; times are
 * the board's own clock, not the callers', so instances whose clocks differ agree. How long a lease and the grace time last is given to the
 * adapter when it is made.
 */
import { Context, type Effect } from "effect";
import type { Author } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { LogUnavailable } from "./event-log.ts";

/** A connection of a user, in a room. */
export interface Presence {
  readonly room: RoomName;
  readonly user: Author;
  readonly connection: ConnectionId;
}

export interface Members {
  /** Those who are listed (P6), in no particular order. */
  readonly members: readonly Author[];
  /** All of them. */
  readonly memberCount: number;
  /** The room's head when this was so. */
  readonly at: Head;
}

export class PresenceBoard extends Context.Service<
  PresenceBoard,
  {
    /**
     * Takes or renews a lease for each, and brings back whoever the board has lost (R4). A name that has changed is taken over without
     * an event. Of many rooms, each is one atomic step.
     */
    readonly enter: (presences: readonly Presence[]) => Effect.Effect<void, LogUnavailable>;
    /** Ends the leases of these at once. */
    readonly leave: (presences: readonly Presence[]) => Effect.Effect<void, LogUnavailable>;
    /** These connections were cut: their leases stand for the grace time, and no longer (P2). */
    readonly drop: (presences: readonly Presence[]) => Effect.Effect<void, LogUnavailable>;
    /** Ends every lease that has expired, in all rooms, whichever instance held it (P3). Any number of instances may sweep at once. */
    readonly sweep: Effect.Effect<void, LogUnavailable>;
    readonly members: (room: RoomName) => Effect.Effect<Members, LogUnavailable>;
  }
>()("gapless/PresenceBoard") {}
