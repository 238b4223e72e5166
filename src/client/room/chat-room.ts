/**
 * The shell of one room: it turns frames into what its readers see. Where it is joined is the membership's to say, what it holds the timeline's,
 * what it sends the sender's, and who is there the roster tracker's.
 */
import type { Author, RoomEvent } from "../../domain/event.ts";
import type { IdempotencyKey } from "../../domain/idempotency-key.ts";
import type { Message } from "../../domain/message.ts";
import { comparePositions, START, type Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Roster } from "../../domain/roster.ts";
import type {
  Ack,
  ErrorFrame,
  Events,
  Joined,
  Left,
  Members,
  Page,
  Signal,
} from "../../wire/server-frame.ts";
import { USUAL_EVENTS } from "../../wire/protocol.ts";
import { RosterTracker } from "./roster-tracker.ts";
import type { JoinOptions, CachedRoom } from "../chat/chat.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import { Listeners, type Unsubscribe } from "../listeners.ts";
import {
  isOn,
  joinedOn,
  listensTo,
  roomStatus,
  stepJoin,
  type JoinEffect,
  type JoinEvent,
  type JoinState,
} from "./join-state.ts";
import { OlderPages } from "./older-pages.ts";
import type { Item, Pending, PostOptions, Room, RoomChange, RoomStatus, Sent } from "./room.ts";
import type { RoomHost } from "./room-host.ts";
import { Sender } from "../outbox/sender.ts";
import { Timeline } from "./timeline.ts";
import { TYPING_EVERY_MS, Typists } from "./typists.ts";

export type RoomServerFrame = Joined | Left | Events | Ack | Page | Signal | Members;
type SpokenMessage = Message & { readonly text: string };

const isSpoken = (message: Message | undefined): message is SpokenMessage => message?.text !== undefined;

const sameStatus = (a: RoomStatus, b: RoomStatus): boolean => JSON.stringify(a) === JSON.stringify(b);

export class ChatRoom implements Room {
  readonly name: RoomName;
  readonly #host: RoomHost;
  readonly #limit: number | undefined;
  readonly #listeners = new Listeners<RoomChange>();
  readonly #messageListeners = new Listeners<SpokenMessage>();
  readonly #timeline: Timeline;
  readonly #sender: Sender;
  readonly #older: OlderPages;
  readonly #typists: Typists;
  readonly #rosterTracker = new RosterTracker((roster) => this.#listeners.tell({ type: "roster", roster }));
  /** False while what was kept of it is on its way: the room goes on from there, so it is joined only then. */
  #isReady = true;
  #joinState: JoinState = { status: "waiting" };
  #cancel: () => void = () => {};
  #status: RoomStatus = { status: "waiting" };
  /** The seq of the room's head at the last `joined`. */
  #head = 0;
  /** The messages that came since one is back; undefined where one has not been away, or has caught up. */
  #missed: number | undefined;
  #typedAt = Number.NEGATIVE_INFINITY;

  constructor(name: RoomName, options: JoinOptions, host: RoomHost) {
    this.name = name;
    this.#host = host;
    this.#limit = options.limit;
    this.#timeline = new Timeline(options.after, (change) => this.#listeners.tell(change));
    this.#older = new OlderPages(name, host, this.#timeline);
    this.#sender = new Sender(name, host, (pending) => this.#listeners.tell({ type: "pending", pending }));
    this.#typists = new Typists(host.clock, () =>
      this.#listeners.tell({ type: "typists", typists: this.typists }),
    );
    if (options.cached instanceof Promise) void this.#await(options.cached);
    else if (options.cached !== undefined) this.#hold(options.cached);
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
    // The message ends the typing for everybody who sees it: the next key is news.
    this.#typedAt = Number.NEGATIVE_INFINITY;
    return this.#sender.ask({ type: "post", text, replyTo });
  };
  readonly edit = (message: Position, text: string): Promise<Sent> =>
    this.#sender.ask({ type: "edit", message, text });
  readonly delete = (message: Position): Promise<Sent> => this.#sender.ask({ type: "delete", message });
  readonly react = (message: Position, emoji: string, on: boolean): Promise<Sent> =>
    this.#sender.ask({ type: "react", message, emoji, on });
  readonly retry = (key: IdempotencyKey): Promise<Sent> | undefined => this.#sender.retry(key);
  readonly discard = (key: IdempotencyKey): boolean => this.#sender.discard(key);
  readonly subscribe = (listener: (change: RoomChange) => void): Unsubscribe => this.#listeners.add(listener);
  readonly on = (_: "message", listener: (message: SpokenMessage) => void): Unsubscribe =>
    this.#messageListeners.add(listener);

  readonly loadOlder = (limit = USUAL_EVENTS): Promise<boolean> => this.#older.load(this.connection, limit);

  readonly typing = (): void => {
    const { connection } = this;
    const now = this.#host.clock.now();
    if (connection === undefined || now - this.#typedAt < TYPING_EVERY_MS) return;
    this.#typedAt = now;
    this.#host.send(connection, { type: "typing", room: this.name });
  };

  readonly leave = (): void => {
    if (this.#joinState.status === "left") return;
    this.#step({ type: "leave", ref: this.#host.newRef() });
    this.close();
    this.#host.forget(this.name);
  };

  /** The connection on which the room is joined. */
  get connection(): ConnectionId | undefined {
    return joinedOn(this.#joinState);
  }

  isOn(connection: ConnectionId): boolean {
    return isOn(this.#joinState, connection);
  }
  /** Whether an answer is still to come from there. */
  isWaitingOn(connection: ConnectionId): boolean {
    return this.#sender.isSendingOn(connection) || this.#older.isWaitingOn(connection);
  }

  up(connection: ConnectionId): void {
    if (!this.#isReady) return;
    this.#step({ type: "up", connection, ref: this.#host.newRef() });
  }

  down(connection: ConnectionId): void {
    this.#step({ type: "down", connection });
    this.#sender.lost(connection);
    this.#older.lost(connection);
    if (this.connection === undefined) this.#typists.clear();
  }

  /** Calls off all that is under way. */
  close(): void {
    this.#cancel();
    this.#typists.clear();
    this.#sender.close();
    this.#older.close();
  }

  heartbeat(connection: ConnectionId, seq: number | undefined): void {
    if (seq === undefined || !listensTo(this.#joinState, connection)) return;
    if (seq > this.#timeline.seq) this.#host.distrust(connection);
    else this.#sender.heartbeat();
  }

  refused(connection: ConnectionId, frame: ErrorFrame): void {
    const { ref, code, message, retryAfterMs } = frame;
    if (ref === undefined) return;
    this.#older.refused(ref);
    this.#step({
      type: "refused",
      connection,
      ref,
      code,
      message,
      retryAfterMs,
      random: this.#host.random(),
    });
    this.#sender.refused(connection, frame);
  }

  receive(connection: ConnectionId, frame: RoomServerFrame): void {
    switch (frame.type) {
      case "joined":
        return this.#step({ type: "joined", connection, ref: frame.ref }, frame);
      case "ack":
        // True whichever connection brings it (D1).
        return this.#sender.acked(frame, this.#timeline.seq);
      case "page":
        return this.#older.received(frame);
      case "left":
        return;
      case "events":
        if (listensTo(this.#joinState, connection)) this.#take(connection, frame.events);
        return;
      case "signal":
        if (listensTo(this.#joinState, connection) && frame.user.id !== this.#host.user?.id) {
          this.#typists.types(frame.user);
        }
        return;
      case "members":
        if (listensTo(this.#joinState, connection)) this.#rosterTracker.counted(frame.memberCount);
        return;
    }
  }

  async #await(cached: Promise<CachedRoom | undefined>): Promise<void> {
    this.#isReady = false;
    const held = await cached.catch(() => undefined);
    this.#isReady = true;
    if (this.#joinState.status === "left") return;
    if (held !== undefined) this.#hold(held);
    for (const connection of this.#host.greeted()) this.up(connection);
  }

  #hold(cached: CachedRoom): void {
    this.#timeline.hold(cached);
    for (const event of this.#timeline.after(0)) this.#sender.saw(event);
  }

  #step(event: JoinEvent, frame?: Joined): void {
    const before = this.#joinState;
    const { state, effects } = stepJoin(before, event);
    this.#joinState = state;
    if (state.status !== before.status) this.#cancel();
    for (const effect of effects) this.#do(effect, before, frame);
    this.#refreshStatus();
  }

  #do(effect: JoinEffect, before: JoinState, frame: Joined | undefined): void {
    const room = this.name;
    switch (effect.type) {
      case "join": {
        const { connection, ref } = effect;
        const after = this.#timeline.position;
        return this.#host.send(connection, { type: "join", ref, room, after, limit: this.#limit });
      }
      case "leave":
        return this.#host.send(effect.connection, { type: "leave", ref: effect.ref, room });
      case "admit":
        if (frame !== undefined) this.#admit(frame, before.status === "joining");
        return;
      case "wait":
        this.#cancel();
        this.#cancel = this.#host.clock.after(effect.ms, () =>
          this.#step({ type: "timer", ref: this.#host.newRef() }),
        );
        return;
      case "distrust":
        return this.#host.distrust(effect.connection);
    }
  }

  /** `anew`: the room was joined nowhere before. */
  #admit(frame: Joined, anew: boolean): void {
    const { connection } = this;
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
      if (anew) this.#missed = 0;
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
        this.#typists.stops(event.by.id);
      this.#sender.saw(event);
      this.#announce(event);
    }
    const last = taken.at(-1);
    if (last !== undefined) this.#sender.reached(last);
    this.#rosterTracker.saw(taken.filter(({ seq }) => seq > this.#head));
    if (end === "hole" || end === "contradiction") this.#host.distrust(connection);
    else if (taken.length > 0) this.#catchUp(connection);
  }

  #announce(event: RoomEvent): void {
    if (event.type !== "message.posted") return;
    const message = this.#timeline.message(event.id);
    if (isSpoken(message)) this.#messageListeners.tell(message);
  }

  /** Where the head has been reached, one may send: all that was stored before the last connection was cut has been seen. */
  #catchUp(connection: ConnectionId): void {
    if (this.#timeline.seq >= this.#head && this.connection === connection) {
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
    const status = roomStatus(this.#joinState, missing);
    if (sameStatus(status, this.#status)) return;
    this.#status = status;
    this.#listeners.tell({ type: "status", status });
  }
}
