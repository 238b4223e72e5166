/**
 * The interface that the instance needs of each open connection: a WebSocket's session or an event stream.
 * One clock serves them all, and all are drained in the same way.
 */
import type { GoAway } from "../../domain/going-away.ts";
import type { Presence } from "../ports/presence-board.ts";

export interface OpenConnection {
  /** Whether the connection can be asked to move: a WebSocket only after its `hello`. */
  readonly ready: boolean;
  /** The bytes that the client has not read yet. */
  readonly unsent: number;
  /** The presences whose leases must be renewed. */
  readonly presences: () => readonly Presence[];
  /**
   * Called by the instance's clock: checks deadlines, sends heartbeats, and detects a dead connection.
   * `stalledMs` is the time for which this process stood still. In that time nothing could be received, so it
   * does not count as silence.
   */
  readonly tick: (now: number, stalledMs: number) => void;
  /** Asks the client to move. It is served until it goes or until the deadline. */
  readonly goAway: (goAway: GoAway, now: number) => void;
  /** Ends the connection now, because the instance shuts down. */
  readonly endForShutdown: () => void;
  /** Ends it now without a word, because it holds too much. Its client resumes. */
  readonly cut: () => void;
}
