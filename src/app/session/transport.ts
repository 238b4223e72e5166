/**
 * What a session needs of the connection that it serves. An adapter gives it (hono/websocket).
 */
import type { CloseCode } from "../../wire/protocol.ts";
import type { Outgoing } from "../../wire/outgoing.ts";

export interface Transport {
  /** Bytes that have not left this process yet. */
  readonly unsent: number;
  readonly send: (frame: Outgoing) => void;
  readonly ping: () => void;
  /** Says why, and ends. */
  readonly close: (code: CloseCode, reason: string) => void;
  /** Ends without a word: nobody is there. */
  readonly terminate: () => void;
}
