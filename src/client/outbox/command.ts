/**
 * Commands as the users of the client see them: what a command asks for, how it fails, and how far it has
 * come.
 */
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Position } from "../../domain/position.ts";
import type { ErrorCode } from "../../wire/protocol.ts";
import type { Command } from "../connection/client-message.ts";

/** The reason why a command failed for good: a code of the server, or one of the client's own. */
export type FailureCode =
  | ErrorCode
  /** The user has changed (a new guest), and the old user's command may or may not be in the log. */
  | "other_user"
  /**
   * The room was left, or the chat was closed, before the command was settled. The store keeps it until the
   * room is joined again.
   */
  | "left";

export interface Failure {
  readonly code: FailureCode;
  /** An English sentence for a person. */
  readonly message: string;
}

/** The place of an acknowledged command in the log (D1). */
export interface Sent {
  readonly id: Position;
  /** 1 for the first event of the room. */
  readonly seq: number;
}

/**
 * A command that is not in `items` yet. It goes `waiting` → `sending` → `sent`, and leaves the list when its
 * own event comes. A failed one stays until `retry` (with a new key) or `discard`.
 */
export interface Pending {
  readonly key: IdempotencyKey;
  readonly command: Command;
  /** When the user asked for it, in unix ms by the chat's clock. */
  readonly at: number;
  readonly state:
    | { readonly status: "waiting" }
    /**
     * The server refused it for now (`rate_limited`, `unavailable`). The client sends it again at `retryAt`,
     * in unix ms.
     */
    | { readonly status: "delayed"; readonly retryAt: number; readonly code: ErrorCode }
    | { readonly status: "sending" }
    | ({ readonly status: "sent" } & Sent)
    | ({ readonly status: "failed" } & Failure);
}
