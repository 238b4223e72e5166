/**
 * The port of retention: the store erases the text of deleted messages (D9), and forgets rooms that are not
 * needed (L5).
 *
 * Every adapter guarantees (test/contract/retention.contract.ts):
 * - Within 60 s of a `message.deleted`, no part of the storage has the text of the message or of its edits.
 *   The ids, the seqs and the order of the room's log do not change.
 * - A room without members in which no message was ever posted is forgotten, with all its data, within an
 *   hour. With a bound on idle rooms, so is a room without members and new messages for that time.
 * - Several instances may enforce this at the same time.
 */
import { Context, type Effect } from "effect";
import type { LogUnavailable } from "./event-log.ts";

/** The time for which a room without any message is kept after all members have left. */
export const EMPTY_ROOM_MS = 15 * 60_000;

export class Retention extends Context.Service<
  Retention,
  {
    /** Does the work that is due. The instance's clock calls it every few seconds. */
    readonly enforce: Effect.Effect<void, LogUnavailable>;
  }
>()("gapless/Retention") {}
