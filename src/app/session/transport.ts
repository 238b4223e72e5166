/**
 * The transport: the interface that a session needs of its connection. The adapter `hono/websocket`
 * implements it.
 */
import type { CloseCode } from "../../wire/protocol.ts";
import type { Outgoing } from "../../wire/outgoing.ts";

export interface Transport {
  /** The bytes that have not left this process yet. */
  readonly unsent: number;
  /** The bytes that the operating system has taken over since the connection was opened. */
  readonly taken: number;
  readonly send: (frame: Outgoing) => void;
  readonly ping: () => void;
  /** Reads no further frames until `resume`. Frames that have been read already may still come. */
  readonly pause: () => void;
  readonly resume: () => void;
  /** Closes the connection, with a reason. No frame that still comes is decoded. */
  readonly close: (code: CloseCode, reason: string) => void;
  /** Ends the connection without a close frame, because the peer is gone. */
  readonly terminate: () => void;
}
