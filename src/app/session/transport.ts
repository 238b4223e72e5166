/**
 * The transport: the interface that a session needs of its connection. The adapter `hono/websocket`
 * implements it.
 */
import type { CloseCode } from "../../wire/protocol.ts";
import type { Outgoing } from "../../wire/outgoing.ts";

export interface Transport {
  /** The bytes that have not left this process yet. */
  readonly unsent: number;
  readonly send: (frame: Outgoing) => void;
  readonly ping: () => void;
  /** Closes the connection, with a reason. */
  readonly close: (code: CloseCode, reason: string) => void;
  /** Ends the connection without a close frame, because the peer is gone. */
  readonly terminate: () => void;
}
