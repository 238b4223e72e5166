/**
 * A room as its readers see it: its events in order, the messages that they make, who is there, and what is still to be sent.
 *
 * `items` and all else here is always current and never moves under a reader within one task; `subscribe` tells what has changed, finely
 * enough that a list of 50,000 messages need only touch the one that did.
 */
import type { Author, RoomEvent } from "../../domain/event.ts";
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Message } from "../../domain/message.ts";
import type { Position } from "../../domain/position.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Roster } from "../../domain/roster.ts";
import type { ErrorCode } from "../../wire/protocol.ts";
import type { Unsubscribe } from "../listeners.ts";

/** A place where events may be missing: the position could not be honoured (R3, R4). Show it, with the reason. */
export interface Gap {
  readonly type: "gap";
  readonly reason: ResetReason;
  /** The last event that was taken in before. */
  readonly after: Position;
}

/** In the order of the log. Gaps stand where they are in it. */
export type Item = RoomEvent | Gap;

export type RoomStatus =
  /** There is no connection. */
  | { readonly status: "waiting" }
  | { readonly status: "joining" }
  /** Joined, and so many events behind the room's head. */
  | { readonly status: "catching up"; readonly missing: number }
  | { readonly status: "live" }
  /** The server will not have us in; asked again on the next connection. */
  | { readonly status: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly status: "left" };

/** What a user asks for. */
export type Command =
  | { readonly type: "post"; readonly text: string; readonly replyTo?: Position | undefined }
  | { readonly type: "edit"; readonly message: Position; readonly text: string }
  | { readonly type: "delete"; readonly message: Position }
  | { readonly type: "react"; readonly message: Position; readonly emoji: string; readonly on: boolean };

/** Why a command failed for good: the server's code, or one of the client's own. */
export type FailureCode =
  | ErrorCode
  /** The user is another now (a new guest), and the command may or may not have been stored under the old one. */
  | "other_user"
  /** The room was left, or the chat closed, before it was settled; it stays in the store, and is taken up when the room is joined again. */
  | "left";

export interface Failure {
  readonly code: FailureCode;
  readonly message: string;
}

/** Where an acknowledged command stands in the log (D1). */
export interface Sent {
  readonly id: Position;
  readonly seq: number;
}

/**
 * A command that is not in `items` yet. It goes `waiting` → `sending` → `sent`, and out of the list when its own event comes. A failed one
 * stays until `retry` (with a new key) or `discard`.
 */
export interface Pending {
  readonly key: IdempotencyKey;
  readonly command: Command;
  /** When the user asked for it, unix ms. */
  readonly at: number;
  readonly state:
    | { readonly status: "waiting" }
    /** Refused for now (`rate_limited`, `unavailable`); sent again by itself at `retryAt`, unix ms. */
    | { readonly status: "delayed"; readonly retryAt: number; readonly code: ErrorCode }
    | { readonly status: "sending" }
    | ({ readonly status: "sent" } & Sent)
    | ({ readonly status: "failed" } & Failure);
}

export type RoomChange =
  /** At the end of `items`. */
  | { readonly type: "appended"; readonly items: readonly Item[] }
  /** Older ones, in front of `items[at]` as it was. */
  | { readonly type: "inserted"; readonly items: readonly Item[]; readonly at: number }
  /** A reset: read `items` anew. The gap in it, if events may be missing. */
  | { readonly type: "reset"; readonly gap: Gap | undefined }
  /** A message is new or has changed. `id` names it where it is no more (the log lost it). */
  | { readonly type: "message"; readonly id: Position; readonly message: Message | undefined }
  | { readonly type: "roster"; readonly roster: Roster }
  | { readonly type: "typists"; readonly typists: readonly Author[] }
  | { readonly type: "pending"; readonly pending: readonly Pending[] }
  | { readonly type: "status"; readonly status: RoomStatus }
  /** After having been away: so many messages were missed and are here now. */
  | { readonly type: "caughtUp"; readonly messages: number };

export interface PostOptions {
  readonly replyTo?: Position | undefined;
}

export interface Room {
  /** In the server's form (V1). */
  readonly name: RoomName;
  readonly status: RoomStatus;
  /** A live array: it grows and is spliced in place. */
  readonly items: readonly Item[];
  /** The last event taken in; what a program keeps to go on from later. Undefined before the first join. */
  readonly position: Position | undefined;
  /** Whether the log keeps events older than the oldest here. */
  readonly hasOlder: boolean;
  readonly roster: Roster;
  /** Who is typing just now, oneself apart. */
  readonly typists: readonly Author[];
  /** What is not settled, in the order in which it was asked for. */
  readonly pending: readonly Pending[];
  /** A message as its events so far make it; undefined where its post is not among `items`. */
  readonly message: (id: Position) => Message | undefined;

  /**
   * Each of these goes into the outbox and is kept there over reconnects and reloads until it is settled. The promise resolves when
   * the server has acknowledged it, and rejects with a `CommandFailed` when it failed for good; one who shows `pending` can ignore it.
   */
  readonly post: (text: string, options?: PostOptions) => Promise<Sent>;
  readonly edit: (message: Position, text: string) => Promise<Sent>;
  readonly delete: (message: Position) => Promise<Sent>;
  readonly react: (message: Position, emoji: string, on: boolean) => Promise<Sent>;
  /** Sends a failed command again, as a new one. */
  readonly retry: (key: IdempotencyKey) => Promise<Sent> | undefined;
  /** Takes a failed command, or one that was never sent, out of the outbox. False where it is too late for that. */
  readonly discard: (key: IdempotencyKey) => boolean;

  /** Loads older events, up to `limit` (1 to 500). Resolves when they are in `items`; to false where there are none or it failed. */
  readonly loadOlder: (limit?: number) => Promise<boolean>;
  /** Tells the others that one is typing; call it at each stroke, it goes out once in a while. */
  readonly typing: () => void;
  readonly leave: () => void;

  /**
   * Each message that is posted from the join on, once and in order, over however many reconnects; history is not among them. What was
   * deleted before it came has no text, and is left out.
   */
  readonly on: (
    type: "message",
    listener: (message: Message & { readonly text: string }) => void,
  ) => Unsubscribe;
  /** Is told of each change, after the fact, in order. */
  readonly subscribe: (listener: (change: RoomChange) => void) => Unsubscribe;
}
