/**
 * The port that reads what a room's log holds: pages after or before a position, and single entries. It needs nothing
 * of the live tail, so an archive can stand behind it.
 *
 * Every adapter guarantees (test/contract/reading.contract.ts):
 * - A read is of one moment: the page, its head and what was trimmed belong together.
 * - No read gives out the text of a deleted message (D6).
 * - A position that the log can't honour is told apart: trimmed, or unknown (R3).
 * - While the log can't be reached, a call fails within 2 s (D5).
 */
import { Context, type Effect } from "effect";
import type { Head, Position } from "../../domain/position.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import type { LogUnavailable } from "./event-log.ts";

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

export class History extends Context.Service<
  History,
  {
    /** What follows a position, if the log still holds it; `0-0` is held while nothing has been trimmed. */
    readonly after: (
      room: RoomName,
      position: Position,
      limit: number,
    ) => Effect.Effect<PageAfter, LogUnavailable>;
    /**
     * The newest entries with ids below a position, which need not exist; of all entries, where it is undefined.
     */
    readonly before: (
      room: RoomName,
      position: Position | undefined,
      limit: number,
    ) => Effect.Effect<PageBefore, LogUnavailable>;
    /** The entry at this very id; undefined where the log holds none. */
    readonly entry: (room: RoomName, id: Position) => Effect.Effect<Entry | undefined, LogUnavailable>;
    /**
     * Of these rooms, those whose log diverged: it neither holds the head that is given nor has trimmed past
     * it (R4).
     */
    readonly diverged: (
      heads: ReadonlyMap<RoomName, Head>,
    ) => Effect.Effect<readonly RoomName[], LogUnavailable>;
  }
>()("gapless/History") {}
