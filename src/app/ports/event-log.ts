/**
 * The port that appends to the log of each room. What is appended has happened, and everybody gets it.
 *
 * Every adapter guarantees (test/contract/appending.contract.ts):
 * - Atomicity: an append is one step. It checks the target, then the key, then stores the entry; a failure stores
 *   all of it or nothing.
 * - Order: ids grow, seqs are 1, 2, 3 … with no hole, and each entry names the id of the entry before it. What one
 *   caller appends to a room is stored in the order of the calls, whether or not the caller waits in between.
 * - Idempotency: of the same user, room and key only the first is appended (I1).
 * - Failure: while the log can't be reached, a call fails within 2 s (D5). Whether it was stored is not known then;
 *   the caller sends the same key again.
 */
import { Context, Data, type Effect } from "effect";
import type { MessageFact } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";

/** The log could not be reached in time: whether the last command was stored is not known (D5). */
export class LogUnavailable extends Data.TaggedError("LogUnavailable")<{
  readonly cause: unknown;
}> {}

export type AppendOutcome =
  | { readonly tag: "appended"; readonly at: Head; readonly duplicate: boolean }
  /** The fact's target is deleted, no longer kept, or never was (D7). Checked before the key (I1). */
  | { readonly tag: "gone" };

export class EventLog extends Context.Service<
  EventLog,
  {
    /** Appends a fact. Where its key has been used, `at` is the place of the first event with that key. */
    readonly append: (room: RoomName, fact: MessageFact) => Effect.Effect<AppendOutcome, LogUnavailable>;
    /** Succeeds while the log can be reached (H4). */
    readonly reachable: Effect.Effect<void, LogUnavailable>;
  }
>()("gapless/EventLog") {}
