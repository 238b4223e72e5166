/**
 * Performs the commands of users. A frame or an HTTP request becomes a command. The domain decides it, given
 * the message that it is about, and the log appends the resulting fact. WebSocket and HTTP use the same code.
 */
import { Context, Effect, Layer } from "effect";
import { accept, reject, type Decision } from "../../domain/decision.ts";
import { parseEmoji } from "../../domain/emoji.ts";
import type { Author } from "../../domain/event.ts";
import { parseIdempotencyKey } from "../../domain/idempotency-key.ts";
import { parseMessageText } from "../../domain/message-text.ts";
import type { Head, Position } from "../../domain/position.ts";
import { decide, targetOfCommand, type MessageCommand, type Target } from "../../domain/room.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { MessageFrame, Post, Edit, Delete, React } from "../../wire/client-frame.ts";
import type { ErrorCode } from "../../wire/protocol.ts";
import { Feeds } from "../fan-out/feeds.ts";
import { eventOf } from "../../log/decode-event.ts";
import type { Entry } from "../../log/entry.ts";
import { EventLog, type LogUnavailable } from "../ports/event-log.ts";
import { History } from "../ports/history.ts";
import { refusal, type Refused } from "./refusal.ts";

/** The request for a command: its frame without the fields that only the transport needs. */
export type CommandRequest =
  | Omit<Post, "ref" | "room">
  | Omit<Edit, "ref" | "room">
  | Omit<Delete, "ref" | "room">
  | Omit<React, "ref" | "room">;

/** Parses the values of a well-formed request (V3, Words). */
export const parseCommand = (
  request: CommandRequest | MessageFrame,
  by: Author,
  textLength: number,
): Decision<MessageCommand, ErrorCode> => {
  const key = parseIdempotencyKey(request.key);
  if (!key.ok) return key;
  const base = { by, key: key.value };
  switch (request.type) {
    case "post": {
      const text = parseMessageText(request.text, textLength);
      return text.ok ? accept({ ...base, type: "post", text: text.value, replyTo: request.replyTo }) : text;
    }
    case "edit": {
      const text = parseMessageText(request.text, textLength);
      return text.ok ? accept({ ...base, type: "edit", text: text.value, message: request.message }) : text;
    }
    case "delete":
      return accept({ ...base, type: "delete", message: request.message });
    case "react": {
      const emoji = parseEmoji(request.emoji);
      if (!emoji.ok) return reject(emoji.reason);
      return accept({
        ...base,
        type: "react",
        message: request.message,
        emoji: emoji.value,
        on: request.on,
      });
    }
  }
};

/** The message of an entry, as the target of a command. Undefined if the entry is not a post. */
const targetIn = (entry: Entry | undefined): Target | undefined => {
  const event = entry && eventOf(entry);
  if (event?.type !== "message.posted") return undefined;
  return { author: event.by.id, deleted: event.deleted === true };
};

export interface Done {
  readonly at: Head;
  readonly duplicate: boolean;
}

export class Commands extends Context.Service<
  Commands,
  {
    /**
     * Decides and appends. It fails with `Refused` if the state of the room does not allow the command (D6,
     * D7).
     */
    readonly perform: (
      room: RoomName,
      command: MessageCommand,
    ) => Effect.Effect<Done, Refused | LogUnavailable>;
  }
>()("gapless/Commands") {
  static readonly layer = Layer.effect(
    Commands,
    Effect.gen(function* () {
      const log = yield* EventLog;
      const history = yield* History;
      const feeds = yield* Feeds;

      /**
       * Reads the target, from memory if possible. The append checks again whether it was deleted meanwhile.
       */
      const target = (
        room: RoomName,
        id: Position | undefined,
      ): Effect.Effect<Target | undefined, LogUnavailable> => {
        if (id === undefined) return Effect.succeed(undefined);
        const known = feeds.get(room)?.entry(id);
        return known === undefined
          ? Effect.map(history.entry(room, id), targetIn)
          : Effect.succeed(targetIn(known));
      };

      return {
        perform: Effect.fnUntraced(function* (room, command) {
          const decided = decide(command, yield* target(room, targetOfCommand(command)));
          if (!decided.ok) return yield* refusal(decided.reason);
          const outcome = yield* log.append(room, decided.value);
          if (outcome.tag === "gone") return yield* refusal("not_found");
          return { at: outcome.at, duplicate: outcome.duplicate };
        }),
      } satisfies Commands["Service"];
    }),
  );
}
