/**
 * The room decider: what a command becomes, given the message that it is about.
 *
 * Only a message's author edits or deletes it, anyone who has joined reacts and replies (D6); a message that is deleted, no longer
 * kept or never was is `not_found` (D7), whoever asks. A reaction that is there already is decided like any other: folding is idempotent.
 */
import { accept, reject, type Decision } from "./decision.ts";
import type { Emoji } from "./emoji.ts";
import type { Author, MessageFact } from "./event.ts";
import type { IdempotencyKey } from "./idempotency-key.ts";
import type { MessageText } from "./message-text.ts";
import type { Position } from "./position.ts";
import type { UserId } from "./user.ts";

interface Given {
  readonly by: Author;
  readonly key: IdempotencyKey;
}

export type MessageCommand =
  | (Given & {
      readonly type: "post";
      readonly text: MessageText;
      readonly replyTo: Position | undefined;
    })
  | (Given & { readonly type: "edit"; readonly message: Position; readonly text: MessageText })
  | (Given & { readonly type: "delete"; readonly message: Position })
  | (Given & {
      readonly type: "react";
      readonly message: Position;
      readonly emoji: Emoji;
      readonly on: boolean;
    });

/** The state that a command is decided on: the message that it is about, as the log has it. */
export interface Target {
  readonly author: UserId;
  readonly deleted: boolean;
}

export type Refusal = "not_found" | "forbidden";

/** The message that must be looked up before deciding, if any. */
export const subjectOf = (command: MessageCommand): Position | undefined =>
  command.type === "post" ? command.replyTo : command.message;

export const decide = (
  command: MessageCommand,
  target: Target | undefined,
): Decision<MessageFact, Refusal> => {
  const { by, key } = command;
  if (subjectOf(command) !== undefined && (target === undefined || target.deleted)) {
    return reject("not_found");
  }
  switch (command.type) {
    case "post": {
      const { text, replyTo } = command;
      const posted = { type: "message.posted", by, key, text } as const;
      return accept(replyTo === undefined ? posted : { ...posted, replyTo });
    }
    case "edit":
      return target?.author === by.id
        ? accept({ type: "message.edited", by, key, message: command.message, text: command.text })
        : reject("forbidden");
    case "delete":
      return target?.author === by.id
        ? accept({ type: "message.deleted", by, key, message: command.message })
        : reject("forbidden");
    case "react":
      return accept({
        type: command.on ? "reaction.added" : "reaction.removed",
        by,
        key,
        message: command.message,
        emoji: command.emoji,
      });
  }
};
