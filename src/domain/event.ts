/**
 * What can happen in a room. A `Fact` is what was decided; the log stamps it with its id and seq, and then it is an event.
 *
 * Facts and events are in the past tense and never change, with one exception that people ask for: once a message is deleted, its
 * `message.posted` and `message.edited` are given out without their text (D6).
 */
import type { IdempotencyKey } from "./idempotency-key.ts";
import type { Head, Position } from "./position.ts";
import type { UserId } from "./user.ts";

/** Who did it, with the name that they bore then. */
export interface Author {
  readonly id: UserId;
  readonly name: string;
}

export interface MemberFact {
  readonly type: "member.joined" | "member.left";
  readonly by: Author;
}

/** The text, or that it was deleted: one of the two, always. */
export type Words =
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

/** What a command makes: always with its words. */
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

/** An event of a type that this version does not know: kept in its place, and otherwise ignored (W7). */
export interface UnknownFact {
  readonly type: "unknown";
}

export type RoomEvent = Head &
  (MemberFact | (Posted & Words) | (Edited & Words) | Deleted | Reacted | UnknownFact);

/** The message that a fact is about, where it is about an earlier one (D7). */
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
