/**
 * The port that follows the live tail of each room's log.
 *
 * Every adapter guarantees (test/contract/following.contract.ts):
 * - A follower gets every entry after its position once and in order, whichever instance appended it.
 * - The adapter survives failures: after an outage it continues from its last position, never from "now".
 * - An entry may still have the text of a message whose deletion follows it (D6).
 * - If the log diverged, the `previous` of the next entry does not match the last entry that the follower
 *   saw.
 */
import { Context } from "effect";
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";

export class LogTail extends Context.Service<
  LogTail,
  {
    /**
     * Calls `onEntries` with the entries after `from`, one or more in each call, until the returned function
     * is called. The callback is synchronous and must not throw.
     */
    readonly follow: (
      room: RoomName,
      from: Position,
      onEntries: (entries: readonly Entry[]) => void,
    ) => () => void;
  }
>()("gapless/LogTail") {}
