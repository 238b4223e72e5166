/**
 * The port to what the store forgets: the text of deleted messages (D9), and rooms that nobody needs (L5).
 *
 * Every adapter guarantees (test/contract/retention.contract.ts):
 * - Within 60 s of a `message.deleted`, the text of the message and of its edits is in no part of the storage any more,
 *   while ids, seqs and the order of the room's log stay as they were.
 * - A room in which nothing was ever said and in which nobody is, is forgotten with all that is kept of it within an
 *   hour; with a bound on idle rooms, so is a room in which nothing was said and nobody was for that long.
 * - Any number of instances may enforce this at once.
 */
import { Context, type Effect } from "effect";
import type { LogUnavailable } from "./event-log.ts";

/** How long a room in which nothing was ever said stays after everybody has left it. */
export const EMPTY_ROOM_MS = 15 * 60_000;

export class Retention extends Context.Service<
  Retention,
  {
    /** Carries out what is due. The instance's clock calls it every few seconds. */
    readonly enforce: Effect.Effect<void, LogUnavailable>;
  }
>()("gapless/Retention") {}
