/**
 * The room behind the interface `Room`. It routes what the server sends to the parts of the room: the join
 * (`room-join.ts`), the timeline, the sender of commands, the roster and the typists.
 */
import type { Author, RoomEvent } from "../../domain/event.ts";
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Message } from "../../domain/message.ts";
import { comparePositions, START, type Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Roster } from "../../domain/roster.ts";
import { DEFAULT_EVENTS } from "../../wire/protocol.ts";
import type { Events, Joined, Left, Members, Signal } from "../../wire/server-frame.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import { Listeners, type Unsubscribe } from "../listeners.ts";
import type { Pending, Sent } from "../outbox/command.ts";
import { Sender } from "../outbox/sender.ts";
import type { CachedRoom, JoinOptions } from "./join-options.ts";
import { roomStatus } from "./join-state.ts";
import { OlderPages } from "./older-pages.ts";
import type { RoomHost } from "./room-host.ts";
import { RoomJoin } from "./room-join.ts";
import type { Item, PostOptions, Room, RoomChange, RoomStatus, TextMessage } from "./room.ts";
import { RosterTracker } from "./roster-tracker.ts";
import { Timeline } from "./timeline.ts";
import { TypingNotice } from "./typing-notice.ts";
import { Typists } from "./typists.ts";

/** A frame about a room that answers no request. */
export type RoomFrame = Joined | Left | Events | Signal | Members;

const hasText = (message: Message | undefined): message is TextMessage => message?.text !== undefined;

const sameStatus = (a: RoomStatus, b: RoomStatus): boolean => JSON.stringify(a) === JSON.stringify(b);

export class ChatRoom implements Room {
  readonly name: RoomName;
  readonly #host: RoomHost;
  readonly #listeners = new Listeners<RoomChange>();
  readonly #messageListeners = new Listeners<TextMessage>();
  readonly #join: RoomJoin;
  readonly #timeline: Timeline;
  readonly #sender: Sender;
  readonly #older: OlderPages;
  readonly #typists: Typists;
  readonly #typingNotice: TypingNotice;
  readonly #rosterTracker = new RosterTracker((roster) => this.#listeners.tell({ type: "roster", roster }));
  /** False while the cached events are being read: the room resumes after them, so it joins only then. */
  #isReady = true;
  #status: RoomStatus = { status: "waiting" };
  /** The seq of the room's head at the last `joined`. */
  #head = 0;
  /**
   * How many messages came since the room was joined again. Undefined if it was not away, or has caught up.
   */
  #missed: number | undefined;

  constructor(name: RoomName, options: JoinOptions, host: RoomHost) {
    const tell = (change: RoomChange): void => this.#listeners.tell(change);
    this.name = name;
    this.#host = host;
    this.#timeline = new Timeline(options.after, tell);
    this.#join = new RoomJoin(name, options.limit, host, {
      position: () => this.#timeline.position,
      admit: (frame, isNew) => this.#admit(frame, isNew),
      stepped: () => this.#refreshStatus(),
    });
    this.#older = new OlderPages(name, host, this.#timeline);
    this.#sender = new Sender(name, host, {
      seq: () => this.#timeline.seq,
      changed: (pending) => tell({ type: "pending", pending }),
    });
    this.#typists = new Typists(host.clock, () => tell({ type: "typists", typists: this.typists }));
    this.#typingNotice = new TypingNotice(name, host);
    if (options.cached instanceof Promise) void this.#awaitCached(options.cached);
    else if (options.cached !== undefined) this.#restore(options.cached);
  }

  get status(): RoomStatus {
    return this.#status;
  }
  get items(): readonly Item[] {
    return this.#timeline.items;
  }
  get position(): Position | undefined {
    return this.#timeline.position;
  }
  get hasOlder(): boolean {
    return this.#timeline.hasOlder;
  }
  get roster(): Roster {
    return this.#rosterTracker.roster;
  }
  get typists(): readonly Author[] {
    return this.#typists.list;
  }
  get pending(): readonly Pending[] {
    return this.#sender.pending;
  }

  readonly message = (id: Position): Message | undefined => this.#timeline.message(id);
  readonly post = (text: string, { replyTo }: PostOptions = {}): Promise<Sent> => {
    this.#typingNotice.reset();
    return this.#sender.add({ type: "post", text, replyTo });
  };
  readonly edit = (message: Position, text: string): Promise<Sent> =>
    this.#sender.add({ type: "edit", message, text });
  readonly delete = (message: Position): Promise<Sent> => this.#sender.add({ type: "delete", message });
  readonly react = (message: Position, emoji: string, on: boolean): Promise<Sent> =>
    this.#sender.add({ type: "react", message, emoji, on });
  readonly retry = (key: IdempotencyKey): Promise<Sent> | undefined => this.#sender.retry(key);
  readonly discard = (key: IdempotencyKey): boolean => this.#sender.discard(key);
  readonly subscribe = (listener: (change: RoomChange) => void): Unsubscribe => this.#listeners.add(listener);
  readonly on = (type: "message", listener: (message: TextMessage) => void): Unsubscribe => {
    // Plain JavaScript can pass any name.
    if (type !== "message") {
      throw new TypeError(
        `A room has no event "${String(type)}". Use room.on("message", …), or room.subscribe(…) for all changes.`,
      );
    }
    return this.#messageListeners.add(listener);
  };

  readonly loadOlder = (limit = DEFAULT_EVENTS): Promise<boolean> =>
    this.#older.load(this.#join.connection, limit);

  readonly typing = (): void => this.#typingNotice.send(this.#join.connection);

  readonly leave = (): void => {
    if (this.#join.state.status === "left") return;
    this.#join.leave();
    this.close();
    this.#host.left(this.name);
  };

  /** Whether a hand-over to this connection need not wait for the room. */
  isOn(connection: ConnectionId): boolean {
    return this.#join.isOn(connection);
  }

  /** A `hello` was sent on this connection. */
  up(connection: ConnectionId): void {
    if (this.#isReady) this.#join.up(connection);
  }

  /** The connection has ended. */
  down(connection: ConnectionId): void {
    this.#join.down(connection);
    this.#sender.lost(connection);
    if (this.#join.connection === undefined) this.#typists.clear();
  }

  /** The room was left, or the chat closed: cancels all timers and requests. */
  close(): void {
    this.#join.close();
    this.#typists.clear();
    this.#sender.close();
    this.#older.close();
  }

  /**
   * The `seq` at which the server says that this connection stands in the room; undefined if it is not joined
   * there.
   */
  heartbeat(connection: ConnectionId, seq: number | undefined): void {
    if (seq === undefined || connection !== this.#join.connection) return;
    if (seq > this.#timeline.seq) this.#host.giveUp(connection);
    else this.#sender.heartbeat();
  }

  receive(connection: ConnectionId, frame: RoomFrame): void {
    // Only the connection on which the room is joined counts.
    if (connection !== this.#join.connection) return;
    switch (frame.type) {
      case "joined":
        return this.#join.reset(connection, frame);
      case "left":
        // Without a `ref` the server has ended the membership. This version of the client does not act on it.
        return;
      case "events":
        return this.#take(connection, frame.events);
      case "signal":
        if (frame.user.id !== this.#host.user?.id) this.#typists.started(frame.user);
        return;
      case "members":
        return this.#rosterTracker.counted(frame.memberCount);
    }
  }

  async #awaitCached(cached: Promise<CachedRoom | undefined>): Promise<void> {
    this.#isReady = false;
    const read = await cached.catch(() => undefined);
    this.#isReady = true;
    if (this.#join.state.status === "left") return;
    if (read !== undefined) this.#restore(read);
    for (const connection of this.#host.greeted()) this.up(connection);
  }

  #restore(cached: CachedRoom): void {
    this.#timeline.restore(cached);
    for (const event of this.#timeline.after(0)) this.#sender.saw(event);
  }

  /** `isNew`: the room was not joined on another connection before. */
  #admit(frame: Joined, isNew: boolean): void {
    const { connection } = this.#join;
    if (connection === undefined) return;
    const { events, head, more } = frame;
    const before = this.#timeline.position;
    this.#head = head.seq;
    this.#missed = undefined;
    if (frame.replay === "reset") {
      this.#timeline.reset(events, head, more, frame.reason);
      for (const event of events) {
        this.#sender.saw(event);
        if (comparePositions(event.id, before ?? START) > 0) this.#announce(event);
      }
      this.#sender.reset();
    } else if (before === undefined) {
      this.#timeline.begin(events, head, more);
      for (const event of events) this.#sender.saw(event);
    } else {
      if (isNew) this.#missed = 0;
      this.#timeline.resume(events, head);
      this.#take(connection, events);
    }
    this.#rosterTracker.joined(frame, this.#timeline.after(head.seq));
    this.#catchUp(connection);
  }

  #take(connection: ConnectionId, events: readonly RoomEvent[]): void {
    const { taken, end } = this.#timeline.takeAll(events);
    for (const event of taken) {
      if (event.type === "message.posted" && this.#missed !== undefined) this.#missed += 1;
      if (event.type === "message.posted" || event.type === "message.edited")
        this.#typists.stopped(event.by.id);
      this.#sender.saw(event);
      this.#announce(event);
    }
    const last = taken.at(-1);
    if (last !== undefined) this.#sender.reached(last);
    this.#rosterTracker.saw(taken.filter(({ seq }) => seq > this.#head));
    if (end === "hole" || end === "contradiction") this.#host.giveUp(connection);
    else if (taken.length > 0) this.#catchUp(connection);
  }

  #announce(event: RoomEvent): void {
    if (event.type !== "message.posted") return;
    const message = this.#timeline.message(event.id);
    if (hasText(message)) this.#messageListeners.tell(message);
  }

  /**
   * At the head, commands may be sent: the room has seen all that was stored before the last connection
   * ended.
   */
  #catchUp(connection: ConnectionId): void {
    if (this.#timeline.seq >= this.#head && this.#join.connection === connection) {
      const { user } = this.#host;
      if (user !== undefined) this.#sender.open(connection, user);
      const messages = this.#missed;
      this.#missed = undefined;
      if (messages !== undefined) this.#listeners.tell({ type: "caughtUp", messages });
    }
    this.#refreshStatus();
  }

  #refreshStatus(): void {
    const missing = Math.max(0, this.#head - this.#timeline.seq);
    const status = roomStatus(this.#join.state, missing);
    if (sameStatus(status, this.#status)) return;
    this.#status = status;
    this.#listeners.tell({ type: "status", status });
  }
}
