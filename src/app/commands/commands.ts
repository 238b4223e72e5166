/**
 * What a person does in a room: a frame (or an HTTP request) becomes a command, the domain decides it on the message that it is about, and the log
 * appends what was decided. WebSocket and HTTP come through here alike.
 */
import { Context, Effect, Layer } from "effect";
import { accept, reject, type Decision } from "../../domain/decision.ts";
import { parseEmoji } from "../../domain/emoji.ts";
import type { Author } from "../../domain/event.ts";
import { parseIdempotencyKey } from "../../domain/idempotency-key.ts";
import { parseMessageText } from "../../domain/message-text.ts";
import type { Head, Position } from "../../domain/position.ts";
import { decide, subjectOf, type MessageCommand, type Target } from "../../domain/room.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { MessageFrame, Post, Edit, Delete, React } from "../../wire/client-frame.ts";
import type { ErrorCode } from "../../wire/protocol.ts";
import { Feeds } from "../fan-out/feeds.ts";
import { eventOf } from "../../log/decode-event.ts";
import type { Entry } from "../../log/entry.ts";
import { EventLog, type LogUnavailable } from "../ports/event-log.ts";
import { History } from "../ports/history.ts";
import { refusal, type Refused } from "./refusal.ts";

/** A command as it is asked for: its frame without what only the transport needs. */
export type Asked =
  | Omit<Post, "ref" | "room">
  | Omit<Edit, "ref" | "room">
  | Omit<Delete, "ref" | "room">
  | Omit<React, "ref" | "room">;

/** Parses the values of a well-formed request (V3, Words). */
export const parseCommand = (
  asked: Asked | MessageFrame,
  by: Author,
  textLength: number,
): Decision<MessageCommand, ErrorCode> => {
  const key = parseIdempotencyKey(asked.key);
  if (!key.ok) return key;
  const given = { by, key: key.value };
  switch (asked.type) {
    case "post": {
      const text = parseMessageText(asked.text, textLength);
      return text.ok ? accept({ ...given, type: "post", text: text.value, replyTo: asked.replyTo }) : text;
    }
    case "edit": {
      const text = parseMessageText(asked.text, textLength);
      return text.ok ? accept({ ...given, type: "edit", text: text.value, message: asked.message }) : text;
    }
    case "delete":
      return accept({ ...given, type: "delete", message: asked.message });
    case "react": {
      const emoji = parseEmoji(asked.emoji);
      if (!emoji.ok) return reject(emoji.reason);
      return accept({
        ...given,
        type: "react",
        message: asked.message,
        emoji: emoji.value,
        on: asked.on,
      });
    }
  }
};

/** The message at an entry, as a command's target; undefined where the entry is no post. */
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
    /** Decides and appends; `Refused` with the contract's code where the room's state does not allow it (D6, D7). */
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

      /** From memory where it can; whether it was deleted in the meantime, the append itself looks again. */
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
          const decided = decide(command, yield* target(room, subjectOf(command)));
          if (!decided.ok) return yield* refusal(decided.reason);
          const outcome = yield* log.append(room, decided.value);
          if (outcome.tag === "gone") return yield* refusal("not_found");
          return { at: outcome.at, duplicate: outcome.duplicate };
        }),
      } satisfies Commands["Service"];
    }),
  );
}
