/**
 * The options of `chat.join`.
 */
import type { RoomEvent } from "../../domain/event.ts";
import type { Position } from "../../domain/position.ts";

/** Events of a room from the program's own cache, to show before there is a connection. */
export interface CachedRoom {
  /** Consecutive events, in the order of the log. */
  readonly events: readonly RoomEvent[];
  /** Whether the log has events older than the first of them. */
  readonly hasOlder: boolean;
  /**
   * False: the room resumes after the last of them. True: they are shown until the room is joined, and then
   * the newest events replace them. Use it if the cache is so old that a resume would bring too many events.
   */
  readonly isOld: boolean;
}

export interface JoinOptions {
  /**
   * A position that the program has saved (`room.position`): the room resumes after it. Without it the room
   * starts with the newest events.
   */
  readonly after?: Position | undefined;
  /**
   * Events that the room shows until it is joined. Unless they are old, the room resumes after the last of
   * them, and `after` has no effect. With a promise, the room exists at once and accepts commands, and joins
   * when the promise is settled; a rejection counts as undefined.
   */
  readonly cached?: CachedRoom | Promise<CachedRoom | undefined> | undefined;
  /** How many of the newest events a first join without `after` brings: 0 to 500, default 50. */
  readonly limit?: number | undefined;
}
