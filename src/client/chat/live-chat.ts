/**
 * The shell of a chat: it does what the connection's machine says, and takes each frame to where it belongs.
 */
import type { Author } from "../../domain/event.ts";
import { parseRoomName } from "../../domain/room-name.ts";
import { parseUserName } from "../../domain/user.ts";
import type { ErrorFrame, Heartbeat, Limits, ServerFrame, Welcome } from "../../wire/server-frame.ts";
import type { Chat, ChatChange, ChatStatus, JoinOptions } from "./chat.ts";
import { ChatRoom } from "../room/chat-room.ts";
import type { ClientMessage } from "../connection/client-message.ts";
import type { Clock } from "../platform/clock.ts";
import {
  chatStatus,
  greeted,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type ConnectionId,
} from "../connection/connection-state.ts";
import { stepConnection } from "../connection/connection-transitions.ts";
import { Credentials } from "../connection/credentials.ts";
import { RetryingStore } from "../platform/retrying-store.ts";
import { Connections } from "../connection/connections.ts";
import { Listeners, type Unsubscribe } from "../listeners.ts";
import type { Room } from "../room/room.ts";
import type { RoomHost } from "../room/room-host.ts";
import type { OpenSocket } from "../platform/socket.ts";
import type { Store } from "../platform/store.ts";

/** All that a chat needs, nothing left to defaults. */
export interface ChatParts {
  readonly url: string;
  readonly name: string;
  readonly token: string | undefined;
  readonly refreshToken: (() => Promise<string>) | undefined;
  readonly store: Store;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newKey: () => string;
}

/** The refs of hellos: no room's, for those are numbers and keys. */
const HELLO = "hello";
const RENAME = "rename";

export class LiveChat implements Chat, RoomHost {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly #credentials: Credentials;
  readonly #retryingStore: RetryingStore;
  readonly #listeners = new Listeners<ChatChange>();
  readonly #connections: Connections;
  readonly #rooms = new Map<string, ChatRoom>();
  #state: ConnectionState = { status: "waiting", failed: 0, renew: false };
  #status: ChatStatus = { status: "connecting" };
  #cancel: () => void = () => {};
  #retryAt = 0;
  #name: string;
  #formerName: string;
  #user: Author | undefined;
  #limits: Limits | undefined;
  #count = 0;

  constructor(parts: ChatParts) {
    this.store = parts.store;
    this.clock = parts.clock;
    this.random = parts.random;
    this.newKey = parts.newKey;
    this.#name = parts.name;
    this.#formerName = parts.name;
    this.#credentials = new Credentials(parts);
    this.#retryingStore = new RetryingStore(parts.store);
    this.#connections = new Connections(parts, {
      opened: (connection) => this.#step({ type: "opened", connection }),
      received: (connection, frame) => this.#receive(connection, frame),
      closed: (connection, code) => this.#step({ type: "closed", connection, code, ...this.#chance() }),
      silent: (connection) => this.distrust(connection),
    });
    this.#step({ type: "timer", connection: this.#next() });
  }

  get status(): ChatStatus {
    return this.#status;
  }
  get user(): Author | undefined {
    return this.#user;
  }
  get limits(): Limits | undefined {
    return this.#limits;
  }
  get stored(): boolean {
    return this.#retryingStore.isComplete;
  }
  get rooms(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  readonly subscribe = (listener: (change: ChatChange) => void): Unsubscribe => this.#listeners.add(listener);

  readonly join = (name: string, options: JoinOptions = {}): Room => {
    const parsed = parseRoomName(name);
    if (!parsed.ok) throw new RangeError(`no room can have the name ${JSON.stringify(name)}`);
    const known = this.#rooms.get(parsed.value);
    if (known !== undefined) return known;
    const room = new ChatRoom(parsed.value, options, this);
    this.#rooms.set(parsed.value, room);
    if (this.#state.status === "stopped") room.close();
    for (const connection of this.greeted()) room.up(connection);
    return room;
  };

  readonly rename = (name: string): void => {
    if (!parseUserName(name).ok) {
      // Known without asking; and while there is no connection, a hello with it would be refused at the door.
      this.#listeners.tell({
        type: "renameRefused",
        message: "A name is 1 to 40 characters that can be seen.",
      });
      return;
    }
    this.#formerName = this.#user?.name ?? this.#name;
    this.#name = name;
    for (const connection of this.greeted()) this.#hello(connection, RENAME);
  };

  readonly renew = (token: string): void => {
    this.#credentials.renew(token);
    for (const connection of this.greeted()) this.#hello(connection, HELLO);
  };

  readonly wake = (): void => this.#step({ type: "wake", connection: this.#next() });

  readonly close = (): void => {
    this.#step({ type: "close", ...this.#chance() });
  };

  greeted(): readonly ConnectionId[] {
    return greeted(this.#state);
  }

  newRef(): string {
    this.#count += 1;
    return String(this.#count);
  }

  send(connection: ConnectionId, message: ClientMessage): void {
    this.#connections.send(connection, message);
  }

  sendPaced(connection: ConnectionId, message: ClientMessage): void {
    this.#connections.sendPaced(connection, message);
  }

  distrust(connection: ConnectionId): void {
    this.#step({ type: "broken", connection, ...this.#chance() });
  }

  keep(name: string, value: string | undefined): void {
    const before = this.stored;
    this.#retryingStore.save(name, value);
    if (this.stored !== before) this.#listeners.tell({ type: "storage", kept: this.stored });
  }

  forget(room: string): void {
    this.#rooms.delete(room);
    this.#handOver();
  }

  #next(): ConnectionId {
    this.#count += 1;
    return this.#count;
  }

  #chance(): { readonly now: number; readonly random: number } {
    return { now: this.clock.now(), random: this.random() };
  }

  #step(event: ConnectionEvent): void {
    const before = this.#state;
    const { state, effects } = stepConnection(before, event);
    this.#state = state;
    if (state.status !== before.status) this.#cancel();
    for (const effect of effects) this.#do(effect);
    if (state.status === "stopped") for (const room of this.#rooms.values()) room.close();
    this.#refreshStatus();
    this.#handOver();
  }

  #do(effect: ConnectionEffect): void {
    switch (effect.type) {
      case "open":
        return this.#connections.open(effect.connection);
      case "greet":
        this.#hello(effect.connection, HELLO);
        // Right behind it, without waiting for the welcome (W4).
        for (const room of this.#rooms.values()) room.up(effect.connection);
        return;
      case "drop":
        return this.#connections.drop(effect.connection, effect.code);
      case "lost":
        for (const room of this.#rooms.values()) room.down(effect.connection);
        return;
      case "probe":
        this.#hello(effect.connection, HELLO);
        this.#connections.expectAnswer(effect.connection);
        return;
      case "wait":
        this.#cancel();
        this.#retryAt = this.clock.now() + effect.ms;
        this.#cancel = this.clock.after(effect.ms, () =>
          this.#step({ type: "timer", connection: this.#next() }),
        );
        return;
      case "renew":
        void this.#renew();
        return;
    }
  }

  async #renew(): Promise<void> {
    const outcome = await this.#credentials.replace();
    this.#step({ type: "renewed", outcome, connection: this.#next(), ...this.#chance() });
  }

  #hello(connection: ConnectionId, ref: string): void {
    this.send(connection, { type: "hello", ref, name: this.#name, token: this.#credentials.token });
  }

  #receive(connection: ConnectionId, frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#welcome(connection, frame);
        break;
      case "goaway":
        this.#step({ type: "goaway", connection, afterMs: frame.afterMs });
        break;
      case "heartbeat":
        this.#heartbeat(connection, frame);
        break;
      case "error":
        this.#refused(connection, frame);
        break;
      default:
        this.#rooms.get(frame.room)?.receive(connection, frame);
    }
    this.#handOver();
  }

  #welcome(connection: ConnectionId, { user, token, limits, heartbeatMs }: Welcome): void {
    if (!this.#connections.welcomed(connection, heartbeatMs, limits)) return;
    this.#limits = limits;
    const given = this.#credentials.given(token);
    if (given !== undefined) this.keep(given.name, given.value);
    const replaced = this.#credentials.wasReplaced && this.#user?.id !== user.id;
    const isNews = replaced || this.#user?.id !== user.id || this.#user.name !== user.name;
    this.#credentials.wasReplaced = false;
    this.#user = user;
    if (isNews) this.#listeners.tell({ type: "user", user, replaced });
    this.#step({ type: "welcomed", connection, ...this.#chance() });
  }

  #heartbeat(connection: ConnectionId, { heads }: Heartbeat): void {
    for (const [name, room] of this.#rooms) {
      room.heartbeat(connection, Object.hasOwn(heads, name) ? heads[name] : undefined);
    }
  }

  #refused(connection: ConnectionId, frame: ErrorFrame): void {
    const { ref, code, message } = frame;
    if (ref === RENAME) {
      this.#name = this.#formerName;
      this.#listeners.tell({ type: "renameRefused", message });
    } else if (ref === HELLO) {
      const isForGood = code !== "unavailable" && code !== "rate_limited";
      const stop = isForGood ? ({ reason: "refused", message } as const) : undefined;
      this.#step({ type: "refused", connection, stop, ...this.#chance() });
    } else {
      for (const room of this.#rooms.values()) room.refused(connection, frame);
    }
  }

  /** Tells the machine how far a hand-over has come. */
  #handOver(): void {
    const state = this.#state;
    if (state.status === "moving" && state.phase === "live") {
      for (const room of this.#rooms.values()) if (!room.isOn(state.next)) return;
      this.#step({ type: "handedOver", ...this.#chance() });
    } else if (state.status === "lingering") {
      for (const room of this.#rooms.values()) if (room.isWaitingOn(state.old)) return;
      this.#step({ type: "quiet", ...this.#chance() });
    }
  }

  #refreshStatus(): void {
    const status = chatStatus(this.#state, this.#retryAt);
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#listeners.tell({ type: "status", status });
  }
}
