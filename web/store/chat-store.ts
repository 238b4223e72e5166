/**
 * The chat as the page shows it: the connection, the user, and the open rooms, which share the connection.
 */
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import {
  parseRoomName,
  type Author,
  type Chat,
  type ChatChange,
  type ChatStatus,
  type Message,
  type RoomName,
  type Unsubscribe,
} from "../../src/client/index.ts";
import { absurd } from "../../src/domain/decision.ts";
import type { UserName } from "../../src/domain/user.ts";
import { jumpTo } from "../attention.ts";
import type { Device } from "../device/device.ts";
import { parser } from "../markdown/parser.ts";
import { cacheUser, readCachedUser } from "../storage/cached-user.ts";
import type { RoomCache } from "../storage/room-cache.ts";
import type { SavedValues } from "../storage/saved-values.ts";
import { strings } from "../strings.ts";
import { isMentioned } from "../text/mentions.ts";
import { plainLine } from "../text/plain-text.ts";
import type { AlertStore } from "./alert-store.ts";
import { draftName } from "./composer-store.ts";
import { connectionStatusOf, isReturning, type ConnectionStatus } from "./connection-status.ts";
import { readMarkerName } from "./read-marker.ts";
import { RoomStore } from "./room-store.ts";
import type { Route } from "./route.ts";

/** The longest text, before the server has said its limit. */
const USUAL_LENGTH = 4000;
/** The saved value with the open rooms: one list for all tabs. */
const ROOMS = "rooms";

const roomsIn = (list: string | undefined): readonly RoomName[] =>
  (list ?? "").split(" ").flatMap((raw) => {
    const parsed = parseRoomName(raw);
    return parsed.ok ? [parsed.value] : [];
  });

export interface ChatDependencies {
  readonly device: Device;
  readonly saved: SavedValues;
  readonly roomCache: RoomCache;
  readonly route: Route;
  readonly alerts: AlertStore;
}

export class ChatStore {
  readonly name: UserName;
  /** The cached user, until the server has named the user. */
  readonly me: Signal<Author | undefined> = signal(undefined);
  readonly rooms: Signal<ReadonlyMap<RoomName, RoomStore>> = signal(new Map());
  readonly longest: Signal<number> = signal(USUAL_LENGTH);
  /** Whether the server did not know the user any more, and made a new guest of them. */
  readonly replaced: Signal<boolean> = signal(false);
  /** Whether unsent messages outlive a reload. */
  readonly stored: Signal<boolean>;
  readonly online: ReadonlySignal<boolean>;
  readonly unread: ReadonlySignal<number>;
  readonly #dependencies: ChatDependencies;
  readonly #chat: Chat;
  readonly #status: Signal<ChatStatus>;
  readonly #returning: Signal<boolean> = signal(false);
  #subscriptions: readonly Unsubscribe[] = [];

  constructor(name: UserName, dependencies: ChatDependencies) {
    const { device, saved } = dependencies;
    this.name = name;
    this.#dependencies = dependencies;
    const cached = readCachedUser(saved);
    if (cached !== undefined) this.me.value = { id: cached.id, name };
    this.#chat = device.connect(name);
    this.#status = signal(this.#chat.status);
    this.stored = signal(this.#chat.stored);
    this.online = computed(() => this.#status.value.status === "live");
    this.unread = computed(() => {
      let unread = 0;
      for (const room of this.rooms.value.values()) unread += room.unread.value;
      return unread;
    });
    this.#chat.subscribe((change) => this.#take(change));
  }

  /**
   * Opens the rooms that were open before, each with its cached record, and from then on the room in the
   * address.
   */
  begin(): void {
    for (const room of this.#savedRooms()) this.open(room);
    this.#subscriptions = this.#subscribe();
  }

  open(name: RoomName): void {
    if (this.rooms.peek().has(name)) return;
    const { device, saved, roomCache } = this.#dependencies;
    const room = new RoomStore(this.#chat.join(name, { cached: roomCache.take(name) }), {
      saved,
      roomCache,
      focus: device.focus,
      clock: device.clock,
      me: this.me,
      online: this.online,
      onMessage: (from, message) => this.#alert(from, message),
    });
    this.rooms.value = new Map(this.rooms.peek()).set(name, room);
    this.#saveRooms(new Set([...this.#savedRooms(), name]));
  }

  leave(name: RoomName): void {
    const { roomCache, route } = this.#dependencies;
    const rooms = new Map(this.rooms.peek());
    rooms.get(name)?.leave();
    rooms.delete(name);
    roomCache.forget(name);
    this.rooms.value = rooms;
    this.#saveRooms(this.#savedRooms().filter((saved) => saved !== name));
    if (route.room.peek() === name) route.goTo(rooms.keys().next().value);
  }

  connectionStatusOf(room: RoomStore): ConnectionStatus {
    return connectionStatusOf(this.#status.value, room.status.value, {
      caughtUpOn: room.caughtUpOn.value,
      returning: this.#returning.value,
    });
  }

  /** Tries to connect at once, or finds out whether the connection is still there. */
  wake(): void {
    this.#chat.wake();
  }

  close(): void {
    for (const unsubscribe of this.#subscriptions) unsubscribe();
    this.#subscriptions = [];
    this.#chat.close();
  }

  #savedRooms(): readonly RoomName[] {
    return roomsIn(this.#dependencies.saved.read(ROOMS));
  }

  #saveRooms(rooms: Iterable<RoomName>): void {
    this.#dependencies.saved.write(ROOMS, [...rooms].join(" "));
  }

  /**
   * The room in the address is always open, and the connection is tried when the network or the user is back.
   */
  #subscribe(): readonly Unsubscribe[] {
    const { device, saved, roomCache, route } = this.#dependencies;
    return [
      effect(() => {
        const name = route.room.value;
        if (name !== undefined) this.open(name);
      }),
      saved.onChangeElsewhere((name, value) => this.#takeFromOtherTab(name, value)),
      device.network.onOnline(() => this.wake()),
      device.focus.onVisibilityChange(() => {
        if (device.focus.isVisible()) this.wake();
        else roomCache.flush();
      }),
    ];
  }

  /** All tabs agree on the open rooms, the read markers and the drafts. */
  #takeFromOtherTab(name: string, value: string | undefined): void {
    if (name === ROOMS && value !== undefined) {
      const open = new Set(roomsIn(value));
      for (const room of open) this.open(room);
      for (const room of this.rooms.peek().keys()) if (!open.has(room)) this.leave(room);
    }
    for (const room of this.rooms.peek().values()) {
      if (name === readMarkerName(room.name)) room.readMarker.advanceElsewhere(value);
      if (name === draftName(room.name)) room.composer.takeDraft(value);
    }
  }

  /** A message is for the user if it mentions them or answers them. */
  #alert(room: RoomStore, message: Message): void {
    const { text, author, replyTo } = message;
    if (text === undefined) return;
    const { alerts, route } = this.#dependencies;
    const me = this.me.peek();
    const answered = replyTo === undefined ? undefined : room.find(replyTo)?.author.id;
    const isForUser =
      me !== undefined && (answered === me.id || isMentioned(text, me.name, room.names.known.peek()));
    alerts.raise(isForUser, {
      title: strings.alerts.title(room.sharedNames.nameText(author), room.name),
      body: plainLine(text, parser.peek()),
      tag: room.name,
      onClick: () => {
        route.goTo(room.name);
        jumpTo(room.name, message.id);
      },
    });
  }

  #take(change: ChatChange): void {
    switch (change.type) {
      case "status":
        this.#returning.value = isReturning(this.#status.peek(), change.status, this.#returning.peek());
        this.#status.value = change.status;
        this.longest.value = this.#chat.limits?.textLength ?? USUAL_LENGTH;
        break;
      case "user":
        this.me.value = change.user;
        cacheUser(this.#dependencies.saved, change.user);
        if (change.replaced) this.replaced.value = true;
        break;
      case "storage":
        this.stored.value = change.stored;
        break;
      case "renameRefused":
        // The page never asks for another name.
        break;
      default:
        absurd(change);
    }
  }
}
