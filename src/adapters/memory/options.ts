/**
 * The settings of the store in memory, and of an instance on it.
 */
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";

/** Runs a callback in a later turn, so that no call of a port calls back from inside. */
export type Later = (run: () => void) => void;

export interface MemoryOptions {
  /** The clock of the log and of the board (unix ms). */
  readonly now: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
  /** How many events the log keeps of a room; 0: no bound. */
  readonly maxEvents: number;
  /**
   * The greatest age of the events that the log keeps; 0: no bound. The last event of a room always stays.
   */
  readonly maxAgeMs: number;
  /** How long an idempotency key is kept (I1). */
  readonly keyTtlMs: number;
  /** After how long a room is forgotten in which nothing was said and nobody was (L5); 0: never. */
  readonly roomIdleMs: number;
  /** The id that follows the last id of a room; the domain's `nextPosition` if left out. */
  readonly nextId?: (room: RoomName, last: Position, now: number) => Position;
}
