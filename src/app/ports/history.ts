/**
 * The port that reads the stored entries of a room: pages after or before a position, and single entries. It
 * does not need the live tail, so an archive can implement it.
 *
 * Every adapter guarantees (test/contract/reading.contract.ts):
 * - A read sees the log at a single moment: the page, its head and the trimming belong together.
 * - No read returns the text of a deleted message (D6).
 * - A position that the log can't honour is either trimmed or unknown (R3).
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
      /** The entries directly after the position, ascending. */
      readonly entries: readonly Entry[];
      /** Whether there are later entries. */
      readonly more: boolean;
      readonly head: Head;
    }
  | { readonly status: ResetReason };

export interface PageBefore {
  /** The entries before the position, ascending. */
  readonly entries: readonly Entry[];
  /** Whether older entries are kept. */
  readonly more: boolean;
  readonly head: Head;
}

export class History extends Context.Service<
  History,
  {
    /**
     * The entries after a position, if the log still holds it. `0-0` is held while nothing has been trimmed.
     */
    readonly after: (
      room: RoomName,
      position: Position,
      limit: number,
    ) => Effect.Effect<PageAfter, LogUnavailable>;
    /**
     * The newest entries with ids below a position, which need not exist. Undefined: the newest of all
     * entries.
     */
    readonly before: (
      room: RoomName,
      position: Position | undefined,
      limit: number,
    ) => Effect.Effect<PageBefore, LogUnavailable>;
    /** The entry with this id. Undefined if the log has none. */
    readonly entry: (room: RoomName, id: Position) => Effect.Effect<Entry | undefined, LogUnavailable>;
    /** The rooms whose log diverged: it neither holds the given head nor has trimmed it (R4). */
    readonly diverged: (
      heads: ReadonlyMap<RoomName, Head>,
    ) => Effect.Effect<readonly RoomName[], LogUnavailable>;
  }
>()("gapless/History") {}
