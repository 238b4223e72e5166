/**
 * The shell of a chat: it does what the connection's machine says, and takes each frame to where it belongs.
 */
import type { Author } from "../domain/event.ts";
import { parseRoomName } from "../domain/room-name.ts";
import { parseUserName } from "../domain/user.ts";
import type { ErrorFrame, Heartbeat, Limits, ServerFrame, Welcome } from "../wire/server-frame.ts";
import type { Chat, ChatChange, ChatStatus, JoinOptions, Unsubscribe } from "./chat.ts";
import { ChatRoom } from "./chat-room.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Clock } from "./clock.ts";
import type { ConnectionEffect, ConnectionEvent, ConnectionState, LinkId } from "./connection.ts";
import { stepConnection } from "./connection-table.ts";
import { Credentials } from "./credentials.ts";
import { Keeping } from "./keeping.ts";
import { Link } from "./link.ts";
import { Listeners } from "./listeners.ts";
import { Pacer } from "./pacer.ts";
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

interface Opened {
  readonly link: Link;
  /** From the welcome on. */
  pacer: Pacer | undefined;
}

/** The refs of hellos: no room's, for those are numbers and keys. */
const HELLO = "hello";
const RENAME = "rename";

export class LiveChat implements Chat, RoomHost {
  readonly store: Store;
  readonly clock: Clock;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly #parts: ChatParts;
  readonly #credentials: Credentials;
  readonly #keeping: Keeping;
  readonly #listeners = new Listeners<ChatChange>();
  readonly #links = new Map<LinkId, Opened>();
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
    this.#parts = parts;
    this.store = parts.store;
    this.clock = parts.clock;
    this.random = parts.random;
    this.newKey = parts.newKey;
    this.#name = parts.name;
    this.#formerName = parts.name;
    this.#credentials = new Credentials(parts);
    this.#keeping = new Keeping(parts.store);
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
    for (const link of this.#greeted()) room.up(link);
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
    for (const link of this.#greeted()) this.#hello(link, RENAME);
  };

  readonly renew = (token: string): void => {
    this.#credentials.renew(token);
    for (const link of this.#greeted()) this.#hello(link, HELLO);
  };

  readonly wake = (): void => this.#step({ type: "wake", link: this.#next() });

  readonly close = (): void => {
    this.#step({ type: "close", ...this.#chance() });
  };

  newRef(): string {
    this.#count += 1;
    return String(this.#count);
  }

  send(link: LinkId, message: ClientMessage): void {
    this.#links.get(link)?.link.send(message);
  }

  sendPaced(link: LinkId, message: ClientMessage): void {
    const opened = this.#links.get(link);
    if (opened?.pacer === undefined) opened?.link.send(message);
    else opened.pacer.run(() => opened.link.send(message));
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

  /** The links on which hello was said. */
  #greeted(): readonly LinkId[] {
    const state = this.#state;
    switch (state.status) {
      case "greeting":
      case "live":
      case "warned":
      case "lingering":
        return [state.link];
      case "moving":
        return state.phase === "opening" ? [state.link] : [state.link, state.next];
      case "waiting":
      case "renewing":
      case "opening":
      case "stopped":
        return [];
    }
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
        return this.#open(effect.link);
      case "greet":
        this.#hello(effect.link, HELLO);
        // Right behind it, without waiting for the welcome (W4).
        for (const room of this.#rooms.values()) room.up(effect.link);
        return;
      case "drop": {
        const opened = this.#take(effect.link);
        opened?.link.close(effect.code);
        return;
      }
      case "lost":
        for (const room of this.#rooms.values()) room.down(effect.link);
        return;
      case "probe":
        this.#hello(effect.link, HELLO);
        this.#links.get(effect.link)?.link.expectAnswer();
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

  #open(id: LinkId): void {
    // What a link says after it was given up is no longer heard.
    const heeded =
      <T extends readonly unknown[]>(handle: (...given: T) => void) =>
      (...given: T): void => {
        if (this.#links.has(id)) handle(...given);
      };
    const link = new Link(this.#parts.url, this.#parts.openSocket, this.clock, {
      opened: heeded(() => this.#step({ type: "opened", link: id })),
      received: heeded((frame) => this.#receive(id, frame)),
      closed: heeded((code) => {
        this.#take(id);
        this.#step({ type: "closed", link: id, code, ...this.#chance() });
      }),
      silent: heeded(() => this.distrust(id)),
    });
    this.#links.set(id, { link, pacer: undefined });
  }

  #take(id: LinkId): Opened | undefined {
    const opened = this.#links.get(id);
    this.#links.delete(id);
    opened?.pacer?.stop();
    return opened;
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
    const opened = this.#links.get(link);
    if (opened === undefined) return;
    opened.link.expectEvery(heartbeatMs);
    opened.pacer ??= new Pacer(this.clock, { perSecond: limits.messagesPerSecond, burst: limits.burst });
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
    const status = this.#shown();
    if (JSON.stringify(status) === JSON.stringify(this.#status)) return;
    this.#status = status;
    this.#listeners.tell({ type: "status", status });
  }

  #shown(): ChatStatus {
    const state = this.#state;
    switch (state.status) {
      case "renewing":
      case "opening":
      case "greeting":
        return { status: "connecting" };
      case "live":
      case "warned":
      case "moving":
      case "lingering":
        return { status: "live" };
      case "waiting":
        return { status: "offline", retryAt: this.#retryAt };
      case "stopped":
        return state;
    }
  }
}
