/**
 * A room as the users of the client see it: its events in order, the messages that they make, its members,
 * and the commands that are not settled.
 *
 * All properties are always current, and none changes while a synchronous piece of the user's code runs.
 * `subscribe` reports each change in enough detail that a list of 50,000 messages updates only the message
 * that changed.
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
import type { Pending, Sent } from "../outbox/command.ts";

/**
 * A place where events may be missing, because the log could not honour the position (R3, R4). Show it, with
 * its reason.
 */
export interface Gap {
  readonly type: "gap";
  readonly reason: ResetReason;
  /** The last event before the gap. */
  readonly after: Position;
}

/** Items are in the order of the log. */
export type Item = RoomEvent | Gap;

/** A message that is not deleted. */
export type TextMessage = Message & { readonly text: string };

export type RoomStatus =
  /** There is no connection. */
  | { readonly status: "waiting" }
  | { readonly status: "joining" }
  /** Joined, and `missing` events behind the room's head. */
  | { readonly status: "catching up"; readonly missing: number }
  | { readonly status: "live" }
  /**
   * The server refused the join. The client asks again on its next connection. `message` is an English
   * sentence for a person.
   */
  | { readonly status: "refused"; readonly code: ErrorCode; readonly message: string }
  | { readonly status: "left" };

export type RoomChange =
  /** New items at the end of `items`. */
  | { readonly type: "appended"; readonly items: readonly Item[] }
  /** Older items, inserted in front of the item that was at index `at`. */
  | { readonly type: "inserted"; readonly items: readonly Item[]; readonly at: number }
  /** The log was reset: read `items` anew. `gap` is the new gap in it, if events may be missing. */
  | { readonly type: "reset"; readonly gap: Gap | undefined }
  /**
   * A message is new or has changed. `message` is undefined if the log lost it, or a reset removed it from
   * `items`.
   */
  | { readonly type: "message"; readonly id: Position; readonly message: Message | undefined }
  | { readonly type: "roster"; readonly roster: Roster }
  | { readonly type: "typists"; readonly typists: readonly Author[] }
  | { readonly type: "pending"; readonly pending: readonly Pending[] }
  | { readonly type: "status"; readonly status: RoomStatus }
  /**
   * The room has caught up after an absence. `messages`: how many messages were posted meanwhile; they are in
   * `items` now.
   */
  | { readonly type: "caughtUp"; readonly messages: number };

export interface PostOptions {
  /** The id of the message that this one replies to. */
  readonly replyTo?: Position | undefined;
}

export interface Room {
  /** As the server writes it: NFC, lower case (V1). */
  readonly name: RoomName;
  readonly status: RoomStatus;
  /** Events and gaps. A live array: it grows, and changes in place. */
  readonly items: readonly Item[];
  /**
   * The last event taken in. A program can save it and pass it to `join` later. Undefined before the first
   * join.
   */
  readonly position: Position | undefined;
  /** Whether the log has events older than the oldest here, or inside a gap. */
  readonly hasOlder: boolean;
  readonly roster: Roster;
  /** The users who are typing now, without the chat's own user. */
  readonly typists: readonly Author[];
  /** The commands that are not settled, in the order in which the user asked for them. */
  readonly pending: readonly Pending[];
  /** A message as its events make it. Undefined if its `message.posted` is not in `items`. */
  readonly message: (id: Position) => Message | undefined;

  /**
   * Posts a message: 1 to `limits.textLength` characters. This and the three commands below go into the
   * outbox, and stay there over reconnects and reloads until they are settled. The promise resolves when the
   * server has acknowledged the command. It rejects with a `CommandFailed` if the command failed for good; a
   * program that shows `pending` can ignore it.
   */
  readonly post: (text: string, options?: PostOptions) => Promise<Sent>;
  /** Replaces the text of one of the user's own messages. */
  readonly edit: (message: Position, text: string) => Promise<Sent>;
  /** Deletes one of the user's own messages. */
  readonly delete: (message: Position) => Promise<Sent>;
  /** Adds a reaction (`on` is true) or takes it away. `emoji` is one emoji. */
  readonly react: (message: Position, emoji: string, on: boolean) => Promise<Sent>;
  /** Sends a failed command again, with a new key. Undefined if no failed command has this key. */
  readonly retry: (key: IdempotencyKey) => Promise<Sent> | undefined;
  /**
   * Removes a command that failed or was never sent. False if there is none with this key, or it was sent
   * already.
   */
  readonly discard: (key: IdempotencyKey) => boolean;

  /**
   * Loads up to `limit` older events (1 to 500, default 50). Resolves to true when they are in `items`.
   * Resolves to false if there are none, there is no connection, or the server refused; it never rejects.
   */
  readonly loadOlder: (limit?: number) => Promise<boolean>;
  /**
   * Tells the others that the user is typing. Call it at each keystroke: the client sends it at most once in
   * 3 s.
   */
  readonly typing: () => void;
  /** Leaves the room. The promises of unsettled commands reject with the code `left`. */
  readonly leave: () => void;

  /**
   * Calls `listener` with each message that is posted after the join: once, in order, over any number of
   * reconnects. Older messages, and messages that were deleted before they arrived, are not among them.
   * Throws a TypeError for any other `type`.
   */
  readonly on: (type: "message", listener: (message: TextMessage) => void) => Unsubscribe;
  /** Calls `listener` after each change, in order. */
  readonly subscribe: (listener: (change: RoomChange) => void) => Unsubscribe;
}
