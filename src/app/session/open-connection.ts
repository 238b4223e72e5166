/**
 * What the instance needs of each connection that is open, be it a WebSocket's session or an event stream: one clock
 * serves them all, and all are drained alike.
 */
import type { GoAway } from "../../domain/going-away.ts";
import type { Presence } from "../ports/presence-board.ts";

export interface OpenConnection {
  /** It takes part in what the instance asks of its connections: a WebSocket does from its `hello` on. */
  readonly ready: boolean;
  /** Bytes that wait for the client to take them in. */
  readonly unsent: number;
  /** The leases that it holds, to be renewed. */
  readonly presences: () => readonly Presence[];
  /**
   * The instance's clock comes by: deadlines, heartbeats, and connections that are dead. `stalledMs` is how much too
   * late the clock comes because this process stood still: nobody was heard meanwhile, and nobody is dead for it.
   */
  readonly tick: (now: number, stalledMs: number) => void;
  /** Asks the client to move. It is served until it goes, or until the deadline. */
  readonly goAway: (goAway: GoAway, now: number) => void;
  /** Ends it now, because the instance goes away. */
  readonly endForShutdown: () => void;
}
