/**
 * The shell of a chat: it does what the connection's machine says, and takes each frame to where it belongs.
 */
import type { Author } from "../domain/event.ts";
import { parseRoomName } from "../domain/room-name.ts";
import { parseUserName } from "../domain/user.ts";
import type { ErrorFrame, Heartbeat, Limits, ServerFrame, Welcome } from "../wire/server-frame.ts";
import type { Chat, ChatChange, ChatStatus, JoinOptions } from "./chat.ts";
import { ChatRoom } from "./chat-room.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Clock } from "./clock.ts";
import {
  chatStatus,
  greeted,
  type ConnectionEffect,
  type ConnectionEvent,
  type ConnectionState,
  type LinkId,
} from "./connection.ts";
import { stepConnection } from "./connection-table.ts";
import { Credentials } from "./credentials.ts";
import { Keeping } from "./keeping.ts";
import { Links } from "./links.ts";
import { Listeners, type Unsubscribe } from "./listeners.ts";
import type { Room } from "./room.ts";
import type { RoomHost } from "./room-host.ts";
import type { OpenSocket } from "./socket.ts";
import type { Store } from "./store.ts";

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
  readonly #keeping: Keeping;
  readonly #listeners = new Listeners<ChatChange>();
  readonly #links: Links;
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
    this.#keeping = new Keeping(parts.store);
    this.#links = new Links(parts, {
      opened: (link) => this.#step({ type: "opened", link }),
      received: (link, frame) => this.#receive(link, frame),
      closed: (link, code) => this.#step({ type: "closed", link, code, ...this.#chance() }),
      silent: (link) => this.distrust(link),
    });
    this.#step({ type: "timer", link: this.#next() });
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
    return this.#keeping.isComplete;
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
    for (const link of this.greeted()) room.up(link);
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
    for (const link of this.greeted()) this.#hello(link, RENAME);
  };

  readonly renew = (token: string): void => {
    this.#credentials.renew(token);
    for (const link of this.greeted()) this.#hello(link, HELLO);
  };

  readonly wake = (): void => this.#step({ type: "wake", link: this.#next() });

  readonly close = (): void => {
    this.#step({ type: "close", ...this.#chance() });
  };

  greeted(): readonly LinkId[] {
    return greeted(this.#state);
  }

  newRef(): string {
    this.#count += 1;
    return String(this.#count);
  }

  send(link: LinkId, message: ClientMessage): void {
    this.#links.send(link, message);
  }

  sendPaced(link: LinkId, message: ClientMessage): void {
    this.#links.sendPaced(link, message);
  }

  distrust(link: LinkId): void {
    this.#step({ type: "broken", link, ...this.#chance() });
  }

  keep(name: string, value: string | undefined): void {
    const before = this.stored;
    this.#keeping.save(name, value);
    if (this.stored !== before) this.#listeners.tell({ type: "storage", kept: this.stored });
  }

  forget(room: string): void {
    this.#rooms.delete(room);
    this.#handOver();
  }

  #next(): LinkId {
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
        return this.#links.open(effect.link);
      case "greet":
        this.#hello(effect.link, HELLO);
        // Right behind it, without waiting for the welcome (W4).
        for (const room of this.#rooms.values()) room.up(effect.link);
        return;
      case "drop":
        return this.#links.drop(effect.link, effect.code);
      case "lost":
        for (const room of this.#rooms.values()) room.down(effect.link);
        return;
      case "probe":
        this.#hello(effect.link, HELLO);
        this.#links.expectAnswer(effect.link);
        return;
      case "wait":
        this.#cancel();
        this.#retryAt = this.clock.now() + effect.ms;
        this.#cancel = this.clock.after(effect.ms, () => this.#step({ type: "timer", link: this.#next() }));
        return;
      case "renew":
        void this.#renew();
        return;
    }
  }

  async #renew(): Promise<void> {
    const outcome = await this.#credentials.replace();
    this.#step({ type: "renewed", outcome, link: this.#next(), ...this.#chance() });
  }

  #hello(link: LinkId, ref: string): void {
    this.send(link, { type: "hello", ref, name: this.#name, token: this.#credentials.token });
  }

  #receive(link: LinkId, frame: ServerFrame): void {
    switch (frame.type) {
      case "welcome":
        this.#welcome(link, frame);
        break;
      case "goaway":
        this.#step({ type: "goaway", link, afterMs: frame.afterMs });
        break;
      case "heartbeat":
        this.#heartbeat(link, frame);
        break;
      case "error":
        this.#refused(link, frame);
        break;
      default:
        this.#rooms.get(frame.room)?.receive(link, frame);
    }
    this.#handOver();
  }

  #welcome(link: LinkId, { user, token, limits, heartbeatMs }: Welcome): void {
    if (!this.#links.welcomed(link, heartbeatMs, limits)) return;
    this.#limits = limits;
    const given = this.#credentials.given(token);
    if (given !== undefined) this.keep(given.name, given.value);
    const replaced = this.#credentials.wasReplaced && this.#user?.id !== user.id;
    const isNews = replaced || this.#user?.id !== user.id || this.#user.name !== user.name;
    this.#credentials.wasReplaced = false;
    this.#user = user;
    if (isNews) this.#listeners.tell({ type: "user", user, replaced });
    this.#step({ type: "welcomed", link, ...this.#chance() });
  }

  #heartbeat(link: LinkId, { heads }: Heartbeat): void {
    for (const [name, room] of this.#rooms) {
      room.heartbeat(link, Object.hasOwn(heads, name) ? heads[name] : undefined);
    }
  }

  #refused(link: LinkId, frame: ErrorFrame): void {
    const { ref, code, message } = frame;
    if (ref === RENAME) {
      this.#name = this.#formerName;
      this.#listeners.tell({ type: "renameRefused", message });
    } else if (ref === HELLO) {
      const isForGood = code !== "unavailable" && code !== "rate_limited";
      const stop = isForGood ? ({ reason: "refused", message } as const) : undefined;
      this.#step({ type: "refused", link, stop, ...this.#chance() });
    } else {
      for (const room of this.#rooms.values()) room.refused(link, frame);
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
