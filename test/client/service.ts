/**
 * A service to test clients against: the wire's frames and the domain's decisions over logs in memory, in
 * synchronous steps. A test can hold back its replies, lose the tail of its logs, trim them, send `goaway`,
 * and cut connections.
 */
import { parseEmoji } from "../../src/domain/emoji.ts";
import type { Author, Fact, RoomEvent } from "../../src/domain/event.ts";
import type { GoAway } from "../../src/domain/going-away.ts";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { parseMessageText } from "../../src/domain/message-text.ts";
import { foldMessage, messageOf } from "../../src/domain/message.ts";
import { comparePositions, EMPTY_HEAD, nextPosition, type Head } from "../../src/domain/position.ts";
import { positionStatus } from "../../src/domain/resume.ts";
import { decide, targetOfCommand, type MessageCommand } from "../../src/domain/room.ts";
import { parseUserId } from "../../src/domain/user.ts";
import type { ClientFrame, Hello, History, Join, Leave, MessageFrame } from "../../src/wire/client-frame.ts";
import { MAX_EVENTS, DEFAULT_EVENTS, type ErrorCode } from "../../src/wire/protocol.ts";
import type { Replay, ServerFrame } from "../../src/wire/server-frame.ts";
import type { Clock } from "../../src/client/platform/clock.ts";
import type { Wire } from "./wires.ts";

interface Joining {
  readonly wire: Wire;
  readonly rooms: Map<string, number>;
  user: Author | undefined;
}

export const author = (id: string, name = id): Author => {
  const parsed = parseUserId(id);
  if (!parsed.ok) throw new Error(`not a user's id: ${id}`);
  return { id: parsed.value, name };
};

export const HEARTBEAT_MS = 1_000;
export const LIMITS = { textLength: 4_000, roomsPerConnection: 100, messagesPerSecond: 10, burst: 20 };

export class Service {
  readonly #clock: Clock;
  readonly #logs = new Map<string, RoomEvent[]>();
  readonly #joinings = new Map<Wire, Joining>();
  #guests = 0;
  /** The refusals of the next commands, before anything is done. */
  readonly refusals: { readonly code: ErrorCode; readonly retryAfterMs?: number }[] = [];
  /** Whether replies to commands are lost. */
  losesAcks = false;
  /** Tokens that are not accepted any more. */
  readonly revoked = new Set<string>();
  members: readonly Author[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Serves a connection from now on. */
  serve(wire: Wire): void {
    this.#joinings.set(wire, { wire, rooms: new Map(), user: undefined });
    wire.onFrame = (frame) => this.#receive(wire, frame);
    wire.open();
  }

  log(room: string): RoomEvent[] {
    const log = this.#logs.get(room) ?? [];
    this.#logs.set(room, log);
    return log;
  }

  head(room: string): Head {
    const { id, seq } = this.log(room).at(-1) ?? EMPTY_HEAD;
    return { id, seq };
  }

  /** Appends an event to a room, and delivers it. */
  append(room: string, fact: Fact): RoomEvent {
    const head = this.head(room);
    const event: RoomEvent = { id: nextPosition(head.id, this.#clock.now()), seq: head.seq + 1, ...fact };
    this.log(room).push(event);
    this.deliver(room);
    return event;
  }

  post(room: string, text: string, by = author("other", "Other")): RoomEvent {
    const parsed = parseIdempotencyKey(`other-${this.head(room).seq + 1}-${text.length}`);
    if (!parsed.ok) throw new Error("not a key");
    return this.append(room, { type: "message.posted", by, key: parsed.value, text });
  }

  /** Sends each connection the events that it has not had. */
  deliver(room: string): void {
    for (const { wire, rooms } of this.#joinings.values()) {
      const at = rooms.get(room);
      if (at === undefined || !wire.isOpen) continue;
      const events = this.log(room).filter((event) => event.seq > at);
      if (events.length === 0) continue;
      rooms.set(room, events.at(-1)?.seq ?? at);
      wire.say({ type: "events", room, events });
    }
  }

  heartbeat(wire: Wire): void {
    wire.say({ type: "heartbeat", heads: Object.fromEntries(this.#joinings.get(wire)?.rooms ?? []) });
  }

  goAway(wire: Wire, { reason, afterMs, deadlineMs }: GoAway): void {
    wire.say({ type: "goaway", reason, afterMs, deadlineMs });
  }

  /** The log forgets its oldest events. */
  trim(room: string, kept: number): void {
    const log = this.log(room);
    log.splice(0, Math.max(0, log.length - kept));
  }

  /** The log loses its tail, and the service tells all connections that had joined (R4). */
  lose(room: string, count: number): void {
    this.log(room).splice(-count);
    for (const joining of this.#joinings.values()) {
      if (!joining.rooms.has(room) || !joining.wire.isOpen) continue;
      const reset = { replay: "reset", reason: "unknown" } as const;
      this.#joined(joining, undefined, room, reset, this.log(room).slice(-DEFAULT_EVENTS), true);
    }
  }

  #receive(wire: Wire, frame: ClientFrame): void {
    const joining = this.#joinings.get(wire);
    if (joining === undefined) return;
    switch (frame.type) {
      case "hello":
        return this.#hello(joining, frame);
      case "join":
        return this.#join(joining, frame);
      case "leave":
        return this.#leave(joining, frame);
      case "history":
        return this.#history(wire, frame);
      case "typing":
        for (const other of this.#joinings.values()) {
          if (other.wire === wire || !other.rooms.has(frame.room) || joining.user === undefined) continue;
          other.wire.say({ type: "signal", room: frame.room, kind: "typing", user: joining.user });
        }
        return;
      case "post":
      case "edit":
      case "delete":
      case "react":
        return this.#command(joining, frame);
    }
  }

  #leave({ wire, rooms }: Joining, { ref, room }: Leave): void {
    const refusal = this.refusals.shift();
    if (refusal !== undefined) {
      const { code, retryAfterMs } = refusal;
      return wire.say({ type: "error", ref, code, message: "Refused.", retryAfterMs });
    }
    rooms.delete(room);
    wire.say({ type: "left", ref, room });
  }

  #hello(joining: Joining, { token, name }: Hello): void {
    if (token !== undefined && this.revoked.has(token)) return joining.wire.cut(4401);
    if (token === undefined) this.#guests += 1;
    const given = token ?? `token-${this.#guests}`;
    joining.user = author(given.replace("token", "user"), name);
    joining.wire.say({
      type: "welcome",
      protocol: 1,
      user: joining.user,
      token: given,
      connection: "c",
      heartbeatMs: HEARTBEAT_MS,
      limits: LIMITS,
    });
  }

  #join(joining: Joining, { ref, room, after, limit }: Join): void {
    const log = this.log(room);
    if (after === undefined) {
      const events = limit === 0 ? [] : log.slice(-limit);
      return this.#joined(joining, ref, room, { replay: "recent" }, events, events.length < log.length);
    }
    const found = log.some((event) => event.id === after);
    const standing = positionStatus(after, found, log[0]);
    if (standing !== "held") {
      const events = log.slice(-DEFAULT_EVENTS);
      const reset = { replay: "reset", reason: standing } as const;
      return this.#joined(joining, ref, room, reset, events, events.length < log.length);
    }
    const events = log.filter((event) => comparePositions(event.id, after) > 0);
    this.#joined(joining, ref, room, { replay: "resumed" }, events.slice(0, MAX_EVENTS), false);
    for (let from = MAX_EVENTS; from < events.length; from += MAX_EVENTS) {
      joining.wire.say({ type: "events", room, events: events.slice(from, from + MAX_EVENTS) });
    }
    joining.rooms.set(room, this.head(room).seq);
  }

  #joined(
    joining: Joining,
    ref: string | undefined,
    room: string,
    replay: Replay,
    events: readonly RoomEvent[],
    more: boolean,
  ): void {
    const { members } = this;
    const head = this.head(room);
    joining.rooms.set(room, head.seq);
    joining.wire.say({
      type: "joined",
      ref,
      room,
      ...replay,
      head,
      events,
      more,
      members,
      memberCount: members.length,
    });
  }

  #history(wire: Wire, { ref, room, before, limit }: History): void {
    const older = this.log(room).filter((event) => comparePositions(event.id, before) < 0);
    const events = older.slice(-limit);
    wire.say({ type: "page", ref, room, events, more: events.length < older.length });
  }

  #command(joining: Joining, frame: MessageFrame): void {
    const answer = (said: ServerFrame): void => {
      if (!this.losesAcks) joining.wire.say(said);
    };
    const { ref, room } = frame;
    const refuse = (code: ErrorCode, retryAfterMs?: number): void =>
      answer({ type: "error", ref, code, message: code, retryAfterMs });
    const given = this.refusals.shift();
    if (given !== undefined) return refuse(given.code, given.retryAfterMs);
    const command = this.#commandOf(frame, joining.user ?? author("nobody"));
    if (typeof command === "string") return refuse(command);
    if (!joining.rooms.has(room)) return refuse("not_joined");
    const log = this.log(room);
    const subject = targetOfCommand(command);
    const target = foldMessage(log.filter((event) => messageOf(event) === subject));
    const decision = decide(command, target && { author: target.author.id, deleted: target.deleted });
    if (!decision.ok) return refuse(decision.reason);
    const known = log.find(
      (event) => "key" in event && event.key === command.key && event.by.id === command.by.id,
    );
    const { id, seq } = known ?? this.append(room, decision.value);
    answer({ type: "ack", ref, room, id, seq, duplicate: known !== undefined });
  }

  #commandOf(frame: MessageFrame, by: Author): MessageCommand | ErrorCode {
    const key = parseIdempotencyKey(frame.key);
    if (!key.ok) return key.reason;
    const given = { by, key: key.value };
    switch (frame.type) {
      case "post": {
        const text = parseMessageText(frame.text, LIMITS.textLength);
        return text.ok ? { ...given, type: "post", text: text.value, replyTo: frame.replyTo } : text.reason;
      }
      case "edit": {
        const text = parseMessageText(frame.text, LIMITS.textLength);
        return text.ok ? { ...given, type: "edit", text: text.value, message: frame.message } : text.reason;
      }
      case "delete":
        return { ...given, type: "delete", message: frame.message };
      case "react": {
        const emoji = parseEmoji(frame.emoji);
        const { message, on } = frame;
        return emoji.ok ? { ...given, type: "react", message, emoji: emoji.value, on } : emoji.reason;
      }
    }
  }
}

/** The texts of the messages that were posted, in order. */
export const textsOf = (
  events: readonly { readonly type: string; readonly text?: string }[],
): readonly string[] =>
  events.flatMap((event) =>
    event.type === "message.posted" && event.text !== undefined ? [event.text] : [],
  );
