/**
 * The port to the live tail of each room's log.
 *
 * Every adapter guarantees (test/contract/following.contract.ts):
 * - A follower gets everything that is appended after its position once and in order, from whichever instance.
 * - Failures are the adapter's to outlive: after an outage it goes on from where it stood, never from "now".
 * - What is followed live may carry the text of a message whose deletion comes behind it (D6).
 * - If the log diverged, the `previous` of the next entry does not match the last entry that the follower saw.
 */
import { Context } from "effect";
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";

export class LogTail extends Context.Service<
  LogTail,
  {
    /**
     * Calls back with the entries after `from`, one or more a call, until the returned function is called. The
     * callback is synchronous and must not throw.
     */
    readonly follow: (
      room: RoomName,
      from: Position,
      onEntries: (entries: readonly Entry[]) => void,
    ) => () => void;
  }
>()("gapless/LogTail") {}
