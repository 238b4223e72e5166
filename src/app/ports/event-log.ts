/**
 * The port that appends to the log of each room. Every appended entry is delivered to all members.
 *
 * Every adapter guarantees (test/contract/appending.contract.ts):
 * - Atomicity: an append is one step. It checks the target, then the key, then stores the entry; a failure
 *   stores all of it or nothing.
 * - Order: ids increase, seqs are 1, 2, 3 … with no hole, and each entry names the id of the entry before it.
 *   The appends of one caller to a room are stored in the order of the calls, whether or not the caller waits
 *   in between.
 * - Idempotency: of all appends with the same user, room and key only the first is stored (I1).
 * - Failure: while the log can't be reached, a call fails within 2 s (D5). It is not known whether the entry
 *   was stored; the caller sends the same key again.
 */
import { Context, Data, type Effect } from "effect";
import type { MessageFact } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";

/** The log could not be reached in time. It is not known whether the last command was stored (D5). */
export class LogUnavailable extends Data.TaggedError("LogUnavailable")<{
  readonly cause: unknown;
}> {}

export type AppendOutcome =
  | { readonly tag: "appended"; readonly at: Head; readonly duplicate: boolean }
  /**
   * The target of the fact is deleted, no longer kept, or never existed (D7). This is checked before the key
   * (I1).
   */
  | { readonly tag: "gone" };

export class EventLog extends Context.Service<
  EventLog,
  {
    /**
     * Appends a fact. If its key was used before, `at` is the id and seq of the first event with that key.
     */
    readonly append: (room: RoomName, fact: MessageFact) => Effect.Effect<AppendOutcome, LogUnavailable>;
    /** Succeeds while the log can be reached (H4). */
    readonly reachable: Effect.Effect<void, LogUnavailable>;
  }
>()("gapless/EventLog") {}
