/**
 * The chat behind the interface `Chat`. It does what the connection's state machine asks for
 * (`connection/connection-state.ts`), and routes each frame to its room. Replies do not come here: they go to
 * the handlers of their requests (`connection/pending-replies.ts`).
 */
import type { Author } from "../../domain/event.ts";
import { parseRoomName } from "../../domain/room-name.ts";
import { USER_NAME_FAULTS, userNameFault } from "../../domain/user.ts";
import type { Heartbeat, Limits, ServerFrame, Welcome } from "../../wire/server-frame.ts";
import { chatStatus, type ChatStatus } from "../connection/chat-status.ts";
import {
  greeted,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionId,
  type ConnectionState,
} from "../connection/connection-state.ts";
import { stepConnection } from "../connection/connection-transitions.ts";
import { Connections } from "../connection/connections.ts";
import type { Reply } from "../connection/pending-replies.ts";
import { Listeners, type Unsubscribe } from "../listeners.ts";
import type { Clock } from "../platform/clock.ts";
import { RetryingStore } from "../platform/retrying-store.ts";
import type { OpenSocket } from "../platform/socket.ts";
import type { Store } from "../platform/store.ts";
import { ChatRoom } from "../room/chat-room.ts";
import type { JoinOptions } from "../room/join-options.ts";
import type { RoomHost } from "../room/room-host.ts";
import type { Room } from "../room/room.ts";
import type { Chat, ChatChange } from "./chat.ts";
import { Identity } from "./identity.ts";

/** The dependencies of a chat, without defaults. */
export interface ChatDependencies {
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

export class LiveChat implements Chat, RoomHost {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly connections: Connections;
  readonly #identity: Identity;
  readonly #retryingStore: RetryingStore;
  readonly #listeners = new Listeners<ChatChange>();
  readonly #rooms = new Map<string, ChatRoom>();
  #state: ConnectionState = { status: "waiting", failed: 0, renew: false };
  #status: ChatStatus = { status: "connecting" };
  #cancelTimer: () => void = () => {};
  #retryAt = 0;
  #limits: Limits | undefined;
  #connectionCount = 0;

  constructor(dependencies: ChatDependencies) {
    this.store = dependencies.store;
    this.clock = dependencies.clock;
    this.random = dependencies.random;
    this.newKey = dependencies.newKey;
    this.#identity = new Identity(dependencies);
    this.#retryingStore = new RetryingStore(dependencies.store);
    this.connections = new Connections(dependencies, {
      opened: (connection) => this.#step({ type: "opened", connection }),
      received: (connection, frame) => this.#receive(connection, frame),
      handled: () => this.#handOver(),
      closed: (connection, code) => this.#step({ type: "closed", connection, code, ...this.#nowAndRandom() }),
      silent: (connection) => this.giveUp(connection),
    });
    this.#step({ type: "timer", connection: this.#newConnection() });
  }

  get status(): ChatStatus {
    return this.#status;
  }
  get user(): Author | undefined {
    return this.#identity.user;
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
    if (!parsed.ok) {
      throw new RangeError(
        `No room can have the name ${JSON.stringify(name)}. A name has 1 to 64 letters, digits, "-", "_" ` +
          'or ".", and begins with a letter or a digit.',
      );
    }
    const known = this.#rooms.get(parsed.value);
    if (known !== undefined) return known;
    const room = new ChatRoom(parsed.value, options, this);
    this.#rooms.set(parsed.value, room);
    if (this.#state.status === "stopped") room.close();
    for (const connection of this.greeted()) room.up(connection);
    return room;
  };

  readonly rename = (name: string): void => {
    const fault = userNameFault(name);
    if (fault !== undefined) {
      // The server need not be asked. Without a connection, the next `hello` would be refused for this name.
      this.#listeners.tell({ type: "renameRefused", message: USER_NAME_FAULTS[fault] });
      return;
    }
    this.#identity.rename(name);
    for (const connection of this.greeted()) {
      this.connections.request(connection, this.#identity.hello(), (reply) => {
        if (reply?.type !== "error") return;
        this.#identity.renameRefused();
        this.#listeners.tell({ type: "renameRefused", message: reply.message });
      });
    }
  };

  readonly renew = (token: string): void => {
    this.#identity.renew(token);
    for (const connection of this.greeted()) this.#hello(connection);
  };

  readonly wake = (): void => this.#step({ type: "wake", connection: this.#newConnection() });

  readonly close = (): void => {
    this.#step({ type: "close" });
  };

  greeted(): readonly ConnectionId[] {
    return greeted(this.#state);
  }

  giveUp(connection: ConnectionId): void {
    this.#step({ type: "broken", connection, ...this.#nowAndRandom() });
  }

  save(name: string, value: string | undefined): void {
    const before = this.stored;
    this.#retryingStore.save(name, value);
    if (this.stored !== before) this.#listeners.tell({ type: "storage", stored: this.stored });
  }

  left(room: string): void {
    this.#rooms.delete(room);
    this.#handOver();
  }

  #newConnection(): ConnectionId {
    this.#connectionCount += 1;
    return this.#connectionCount;
  }

  #nowAndRandom(): { readonly now: number; readonly random: number } {
    return { now: this.clock.now(), random: this.random() };
  }

  #step(event: ConnectionEvent): void {
    const before = this.#state;
    const { state, effects } = stepConnection(before, event);
    this.#state = state;
    if (state.status !== before.status) this.#cancelTimer();
    for (const effect of effects) this.#perform(effect);
    if (state.status === "stopped") for (const room of this.#rooms.values()) room.close();
    this.#refreshStatus();
    this.#handOver();
  }

  #perform(effect: ConnectionEffect): void {
    switch (effect.type) {
      case "open":
        return this.connections.open(effect.connection);
      case "greet":
        this.#hello(effect.connection);
        // The joins follow at once, without waiting for the welcome (W4).
        for (const room of this.#rooms.values()) room.up(effect.connection);
        return;
      case "drop":
        return this.connections.drop(effect.connection, effect.code);
      case "lost":
        for (const room of this.#rooms.values()) room.down(effect.connection);
        return this.connections.lost(effect.connection);
      case "probe":
        this.#hello(effect.connection);
        return this.connections.expectAnswer(effect.connection);
      case "wait":
        this.#cancelTimer();
        this.#retryAt = this.clock.now() + effect.ms;
        this.#cancelTimer = this.clock.after(effect.ms, () =>
          this.#step({ type: "timer", connection: this.#newConnection() }),
        );
        return;
      case "renew":
        void this.#renew();
        return;
    }
  }

  async #renew(): Promise<void> {
    const outcome = await this.#identity.replaceToken();
    this.#step({ type: "renewed", outcome, connection: this.#newConnection(), ...this.#nowAndRandom() });
  }

  #hello(connection: ConnectionId): void {
    this.connections.request(connection, this.#identity.hello(), (reply) =>
      this.#helloRefused(connection, reply),
    );
  }

  #helloRefused(connection: ConnectionId, reply: Reply | undefined): void {
    if (reply?.type !== "error") return;
    const { code, message } = reply;
    const isForGood = code !== "unavailable" && code !== "rate_limited";
    const stop = isForGood ? ({ reason: "refused", message } as const) : undefined;
    this.#step({ type: "refused", connection, stop, ...this.#nowAndRandom() });
  }

  #receive(connection: ConnectionId, frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        return this.#welcome(connection, frame);
      case "goaway":
        return this.#step({ type: "goaway", connection, afterMs: frame.afterMs });
      case "heartbeat":
        return this.#heartbeat(connection, frame);
      case "joined":
      case "left":
      case "events":
      case "signal":
      case "members":
        return this.#rooms.get(frame.room)?.receive(connection, frame);
      case "ack":
      case "page":
      case "error":
        // Without a `ref`, an error is about no request of this client; the other two always have one.
        return;
    }
  }

  #welcome(connection: ConnectionId, frame: Welcome): void {
    if (!this.connections.welcomed(connection, frame.heartbeatMs, frame.limits)) return;
    this.#limits = frame.limits;
    const { change, saved } = this.#identity.welcomed(frame);
    if (saved !== undefined) this.save(saved.name, saved.value);
    if (change !== undefined) this.#listeners.tell({ type: "user", ...change });
    this.#step({ type: "welcomed", connection, ...this.#nowAndRandom() });
  }

  #heartbeat(connection: ConnectionId, { heads }: Heartbeat): void {
    for (const [name, room] of this.#rooms) {
      room.heartbeat(connection, Object.hasOwn(heads, name) ? heads[name] : undefined);
    }
  }

  /** Reports the progress of a hand-over to the state machine. */
  #handOver(): void {
    const state = this.#state;
    if (state.status === "moving" && state.phase === "live") {
      for (const room of this.#rooms.values()) if (!room.isOn(state.next)) return;
      this.#step({ type: "handedOver" });
    } else if (state.status === "lingering" && !this.connections.isWaiting(state.old)) {
      this.#step({ type: "drained" });
    }
  }

  #refreshStatus(): void {
    const status = chatStatus(this.#state, this.#retryAt);
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#listeners.tell({ type: "status", status });
  }
}
