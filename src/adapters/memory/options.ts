/**
 * The settings of the store in memory, and of an instance on it.
 */
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";

/** Runs a callback in a later turn, so that no call of a port runs a callback before it returns. */
export type Later = (run: () => void) => void;

export interface MemoryOptions {
  /** The clock of the log and of the board (unix ms). */
  readonly now: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
  /** The maximum number of events of a room; 0: no bound. */
  readonly maxEvents: number;
  /**
   * The maximum age of an event; 0: no bound. The last event of a room always stays.
   */
  readonly maxAgeMs: number;
  /** The lifetime of an idempotency key (I1). */
  readonly keyTtlMs: number;
  /** The time after which a room without messages and members is forgotten (L5); 0: never. */
  readonly roomIdleMs: number;
  /** Makes the id after the last id of a room. The default is the domain's `nextPosition`. */
  readonly nextId?: (room: RoomName, last: Position, now: number) => Position;
}
