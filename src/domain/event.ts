/**
 * The events of a room. A `Fact` is the result of a command. The log gives it an id and a seq, and it becomes
 * an event.
 *
 * Facts and events are named in the past tense and never change, with one exception: after a message was
 * deleted, its `message.posted` and `message.edited` are given out without their text (D6).
 */
import type { IdempotencyKey } from "./idempotency-key.ts";
import type { Head, Position } from "./position.ts";
import type { UserId } from "./user.ts";

/** The user who caused an event, with the name that they had at that time. */
export interface Author {
  readonly id: UserId;
  readonly name: string;
}

export interface MemberFact {
  readonly type: "member.joined" | "member.left";
  readonly by: Author;
}

/** Either the text, or the mark that the message was deleted. */
export type TextOrDeleted =
  | { readonly text: string; readonly deleted?: never }
  | { readonly deleted: true; readonly text?: never };

interface Posted {
  readonly type: "message.posted";
  readonly by: Author;
  readonly key: IdempotencyKey;
  readonly replyTo?: Position;
}

interface Edited {
  readonly type: "message.edited";
  readonly by: Author;
  readonly key: IdempotencyKey;
  readonly message: Position;
}

interface Deleted {
  readonly type: "message.deleted";
  readonly by: Author;
  readonly key: IdempotencyKey;
  readonly message: Position;
}

interface Reacted {
  readonly type: "reaction.added" | "reaction.removed";
  readonly by: Author;
  readonly key: IdempotencyKey;
  readonly message: Position;
  readonly emoji: string;
}

/** The fact that a command becomes. It always has its text. */
export type MessageFact =
  | (Posted & { readonly text: string })
  | (Edited & { readonly text: string })
  | Deleted
  | Reacted;

export type Fact = MemberFact | MessageFact;

const TYPES: Readonly<Record<Fact["type"], true>> = {
  "member.joined": true,
  "member.left": true,
  "message.posted": true,
  "message.edited": true,
  "message.deleted": true,
  "reaction.added": true,
  "reaction.removed": true,
};

export const isKnownType = (type: string): type is Fact["type"] => Object.hasOwn(TYPES, type);

/**
 * An event of a type that this version does not know. It keeps its place in the log and is otherwise ignored
 * (W7).
 */
export interface UnknownFact {
  readonly type: "unknown";
}

export type RoomEvent = Head &
  (MemberFact | (Posted & TextOrDeleted) | (Edited & TextOrDeleted) | Deleted | Reacted | UnknownFact);

/** The earlier message that a fact is about, if there is one (D7). */
export const targetOf = (fact: Fact): Position | undefined => {
  switch (fact.type) {
    case "message.posted":
      return fact.replyTo;
    case "message.edited":
    case "message.deleted":
    case "reaction.added":
    case "reaction.removed":
      return fact.message;
    case "member.joined":
    case "member.left":
      return undefined;
  }
};
