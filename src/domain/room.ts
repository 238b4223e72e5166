/**
 * The room decider: turns a command into a fact or a refusal, given the message that the command is about.
 *
 * - Only the author of a message may edit or delete it. Every joined user may react and reply (D6).
 * - A message that is deleted, no longer kept or never existed is `not_found`, for every user (D7).
 * - A reaction that is already there is accepted like any other, because folding is idempotent.
 */
import { accept, reject, type Decision } from "./decision.ts";
import type { Emoji } from "./emoji.ts";
import type { Author, MessageFact } from "./event.ts";
import type { IdempotencyKey } from "./idempotency-key.ts";
import type { MessageText } from "./message-text.ts";
import type { Position } from "./position.ts";
import type { UserId } from "./user.ts";

interface CommandBase {
  readonly by: Author;
  readonly key: IdempotencyKey;
}

export type MessageCommand =
  | (CommandBase & {
      readonly type: "post";
      readonly text: MessageText;
      readonly replyTo: Position | undefined;
    })
  | (CommandBase & { readonly type: "edit"; readonly message: Position; readonly text: MessageText })
  | (CommandBase & { readonly type: "delete"; readonly message: Position })
  | (CommandBase & {
      readonly type: "react";
      readonly message: Position;
      readonly emoji: Emoji;
      readonly on: boolean;
    });

/** The state on which a command is decided: the message that it is about, as the log has it. */
export interface Target {
  readonly author: UserId;
  readonly deleted: boolean;
}

export type Refusal = "not_found" | "forbidden";

/** The target of a command: the message that must be looked up before the decision, if any. */
export const targetOfCommand = (command: MessageCommand): Position | undefined =>
  command.type === "post" ? command.replyTo : command.message;

export const decide = (
  command: MessageCommand,
  target: Target | undefined,
): Decision<MessageFact, Refusal> => {
  const { by, key } = command;
  if (targetOfCommand(command) !== undefined && (target === undefined || target.deleted)) {
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
