/**
 * A message as users see it: the fold of all events about it. The browser and the tests use this same
 * function.
 *
 * Always true:
 * - Folding is total and idempotent. A repeated event, or an event that changes nothing, has no effect.
 * - While the post is not known, the fold is undefined: the post is older than the events that were read.
 * - After a deletion no event restores the text (D6).
 */
import type { Author, RoomEvent } from "./event.ts";
import type { IdempotencyKey } from "./idempotency-key.ts";
import type { Position } from "./position.ts";

export interface Reaction {
  readonly emoji: string;
  /** The users in the order in which they reacted. */
  readonly by: readonly Author[];
}

export interface Message {
  readonly id: Position;
  readonly seq: number;
  readonly author: Author;
  readonly key: IdempotencyKey;
  readonly replyTo: Position | undefined;
  /** Undefined once the message is deleted. */
  readonly text: string | undefined;
  /** The id of the last edit. */
  readonly edited: Position | undefined;
  readonly deleted: boolean;
  readonly reactions: readonly Reaction[];
}

/** The message that an event is about. For a post it is the post itself. Undefined if there is none. */
export const messageOf = (event: RoomEvent): Position | undefined => {
  switch (event.type) {
    case "message.posted":
      return event.id;
    case "message.edited":
    case "message.deleted":
    case "reaction.added":
    case "reaction.removed":
      return event.message;
    case "member.joined":
    case "member.left":
    case "unknown":
      return undefined;
  }
};

const react = (
  reactions: readonly Reaction[],
  emoji: string,
  by: Author,
  on: boolean,
): readonly Reaction[] => {
  const given = reactions.find((reaction) => reaction.emoji === emoji);
  const isGiven = given?.by.some((author) => author.id === by.id) === true;
  if (on === isGiven) return reactions;
  if (given === undefined) return [...reactions, { emoji, by: [by] }];
  if (on) return reactions.map((r) => (r === given ? { emoji, by: [...given.by, by] } : r));
  const others = given.by.filter((author) => author.id !== by.id);
  return others.length === 0
    ? reactions.filter((r) => r !== given)
    : reactions.map((r) => (r === given ? { emoji, by: others } : r));
};

const tombstone = (message: Message): Message => ({
  ...message,
  text: undefined,
  deleted: true,
  reactions: [],
});

const posted = (event: Extract<RoomEvent, { type: "message.posted" }>): Message => ({
  id: event.id,
  seq: event.seq,
  author: event.by,
  key: event.key,
  replyTo: event.replyTo,
  text: event.text,
  edited: undefined,
  deleted: event.deleted === true,
  reactions: [],
});

/** One step of the fold. Events come in the order of the log. */
export const evolveMessage = (message: Message | undefined, event: RoomEvent): Message | undefined => {
  if (message === undefined) return event.type === "message.posted" ? posted(event) : undefined;
  if (message.deleted) return message;
  switch (event.type) {
    case "message.posted":
      // The post was read before. Since then its text may have been removed.
      return event.deleted === true ? tombstone(message) : message;
    case "message.edited":
      return event.deleted === true ? tombstone(message) : { ...message, text: event.text, edited: event.id };
    case "message.deleted":
      return tombstone(message);
    case "reaction.added":
    case "reaction.removed": {
      const on = event.type === "reaction.added";
      const reactions = react(message.reactions, event.emoji, event.by, on);
      return reactions === message.reactions ? message : { ...message, reactions };
    }
    case "member.joined":
    case "member.left":
    case "unknown":
      return message;
  }
};

/** The message that these events, in log order, result in. Undefined if its post is not among them. */
export const foldMessage = (events: readonly RoomEvent[]): Message | undefined =>
  events.reduce<Message | undefined>(evolveMessage, undefined);
