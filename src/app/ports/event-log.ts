/**
 * The port to the one log of each room: what is appended there has happened, and what is read from there is what everybody gets.
 *
 * What always holds of an adapter (test/contract/event-log.contract.ts says it in tests):
 * - Ids grow, seqs are 1, 2, 3 … with no hole, and each entry names the id of the one before.
 * - An append is one atomic step. Of the same user, room and key only the first is appended (I1).
 * - No read gives out the text of a deleted message (D6). What is followed live may still carry it where the deletion comes behind.
 * - A position that the log can't honour is told apart: trimmed, or unknown (R3).
 * - While the log can't be reached, every call fails within 2 s (D5); what was followed goes on by itself afterwards, from where it stood.
 */
import { Context, Data, type Effect } from "effect";
import type { MessageFact } from "../../domain/event.ts";
import type { Head, Position } from "../../domain/position.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { Target } from "../../domain/room.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../wire/event.ts";

/** The log could not be reached in time: whether the last command was stored is not known (D5). */
export class LogUnavailable extends Data.TaggedError("LogUnavailable")<{
  readonly cause: unknown;
}> {}

export type AppendOutcome =
  | { readonly tag: "appended"; readonly at: Head; readonly duplicate: boolean }
  /** The message that the fact is about is deleted, no longer kept, or never was (D7). Asked before the key (I1). */
  | { readonly tag: "gone" };

export type PageAfter =
  | {
      readonly status: "held";
      /** Ascending, directly after the position. */
      readonly entries: readonly Entry[];
      /** There are later ones. */
      readonly more: boolean;
      readonly head: Head;
    }
  | { readonly status: ResetReason };

export interface PageBefore {
  /** Ascending. */
  readonly entries: readonly Entry[];
  /** Older ones are kept. */
  readonly more: boolean;
  readonly head: Head;
}

export class EventLog extends Context.Service<
  EventLog,
  {
    /** Appends a fact, or finds that its key has been used: then `at` is where the first one stands. */
    readonly append: (room: RoomName, fact: MessageFact) => Effect.Effect<AppendOutcome, LogUnavailable>;
    /** What follows a position, if the log still holds it; `0-0` is held while nothing has been trimmed. */
    readonly after: (
      room: RoomName,
      position: Position,
      limit: number,
    ) => Effect.Effect<PageAfter, LogUnavailable>;
    /** The newest entries with ids below a position, which need not exist; of all, where it is undefined. */
    readonly before: (
      room: RoomName,
      position: Position | undefined,
      limit: number,
    ) => Effect.Effect<PageBefore, LogUnavailable>;
    /** The message posted at this id; undefined where there is none, or something else. */
    readonly message: (room: RoomName, id: Position) => Effect.Effect<Target | undefined, LogUnavailable>;
    /**
     * Calls back with all that is appended after `from`, in order, one or more entries a call, until it is told to stop. The callback is
     * synchronous and must not throw. Failures are the adapter's to outlive; a log that was diverged shows in entries whose `previous` is not
     * the last one seen.
     */
    readonly follow: (
      room: RoomName,
      from: Position,
      onEntries: (entries: readonly Entry[]) => void,
    ) => () => void;
    /** Of these rooms, those whose log no longer holds its head and has not trimmed past it either: it was diverged (R4). */
    readonly diverged: (
      heads: ReadonlyMap<RoomName, Head>,
    ) => Effect.Effect<readonly RoomName[], LogUnavailable>;
    /** Succeeds while the log can be reached (H4). */
    readonly reachable: Effect.Effect<void, LogUnavailable>;
  }
>()("gapless/EventLog") {}
