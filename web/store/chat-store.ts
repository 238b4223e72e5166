/**
 * The chat as the page shows it: the connection, oneself, and the rooms that are open, over one connection.
 */
import { computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { connect, type Chat, type ChatChange, type ChatStatus } from "../../src/client/index.ts";
import { absurd } from "../../src/domain/decision.ts";
import type { Author } from "../../src/domain/event.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";
import type { Message } from "../../src/domain/message.ts";
import type { UserName } from "../../src/domain/user.ts";
import { alert } from "../alerts.ts";
import { jumpTo } from "../attention.ts";
import { forgetPerson, onElsewhere, read, write } from "../storage/saved-values.ts";
import { keptMe } from "../storage/cached-user.ts";
import { parser } from "../markdown/parser.ts";
import { isMentioned } from "../text/mentions.ts";
import { plainLine } from "../text/plain-text.ts";
import { forgetRoom, forgetRooms, takeKept, writeKept } from "../storage/room-cache.ts";
import { goTo, routedRoom } from "../route.ts";
import { strings } from "../strings.ts";
import { isReturning, connectionStatusOf, type ConnectionStatus } from "./connection-status.ts";
import { RoomStore } from "./room-store.ts";

/** Before the server has said how long a text may be. */
const USUAL_LENGTH = 4000;

const roomsIn = (list: string | undefined): readonly RoomName[] =>
  (list ?? "").split(" ").flatMap((raw) => {
    const parsed = parseRoomName(raw);
    return parsed.ok ? [parsed.value] : [];
  });

/** The rooms that were open when the page was last here, in whichever tab. */
const keptRooms = (): readonly RoomName[] => roomsIn(read("rooms"));
const keepRooms = (rooms: Iterable<RoomName>): void => write("rooms", [...rooms].join(" "));

const address = (): string => `${location.protocol === "https:" ? "wss" : "ws"}://${location.host}/ws`;

export class ChatStore {
  readonly name: UserName;
  /** As who one was here last, until the server says so again. */
  readonly me: Signal<Author | undefined> = signal(undefined);
  readonly rooms: Signal<ReadonlyMap<RoomName, RoomStore>> = signal(new Map());
  readonly longest: Signal<number> = signal(USUAL_LENGTH);
  /** Whether the server has made one another guest than one was. */
  readonly replaced: Signal<boolean> = signal(false);
  /** Whether what is unsent outlives a reload. */
  readonly stored: Signal<boolean>;
  readonly online: ReadonlySignal<boolean>;
  readonly unread: ReadonlySignal<number>;
  readonly #chat: Chat;
  readonly #status: Signal<ChatStatus>;
  readonly #returning: Signal<boolean> = signal(false);
  readonly #ending = new AbortController();

  constructor(name: UserName) {
    this.name = name;
    const me = keptMe();
    if (me !== undefined) this.me.value = { id: me.id, name };
    this.#chat = connect({ url: address(), name });
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

  /** Opens the rooms that were open before, and the one in the address, each with what is kept of it. */
  begin(): void {
    for (const room of keptRooms()) this.open(room);
    this.#followPage();
  }

  open(name: RoomName): void {
    if (this.rooms.peek().has(name)) return;
    const room = new RoomStore(this.#chat.join(name, { cached: takeKept(name) }), this);
    this.rooms.value = new Map(this.rooms.peek()).set(name, room);
    keepRooms(new Set([...keptRooms(), name]));
  }

  leave(name: RoomName): void {
    const rooms = new Map(this.rooms.peek());
    rooms.get(name)?.leave();
    rooms.delete(name);
    forgetRoom(name);
    this.rooms.value = rooms;
    keepRooms(keptRooms().filter((kept) => kept !== name));
    if (routedRoom.peek() === name) goTo(rooms.keys().next().value);
  }

  connectionStatusOf(room: RoomStore): ConnectionStatus {
    return connectionStatusOf(this.#status.value, room.status.value, {
      caughtUpOn: room.caughtUpOn.value,
      returning: this.#returning.value,
    });
  }

  /** Said to oneself is what mentions one, or answers one. */
  hear(room: RoomStore, message: Message): void {
    const { text, author, replyTo } = message;
    if (text === undefined) return;
    const me = this.me.peek();
    const answered = replyTo === undefined ? undefined : room.find(replyTo)?.author.id;
    const isForMe =
      me !== undefined && (answered === me.id || isMentioned(text, me.name, room.names.known.peek()));
    alert(isForMe, {
      title: strings.alerts.title(author.name, room.name),
      body: plainLine(text, parser.peek()),
      tag: room.name,
      onClick: () => {
        goTo(room.name);
        jumpTo(room.name, message.id);
      },
    });
  }

  wake(): void {
    this.#chat.wake();
  }

  close(): void {
    this.#ending.abort();
    this.#chat.close();
  }

  signOut(): void {
    this.close();
    forgetPerson();
    forgetRooms();
  }

  /** The room in the address is always among the open ones; and when the network or the reader is back, it shows at once. */
  #followPage(): void {
    const { signal } = this.#ending;
    const unfollow = effect(() => {
      const name = routedRoom.value;
      if (name !== undefined) this.open(name);
    });
    signal.addEventListener("abort", unfollow);
    onElsewhere((kept, value) => this.#takeElsewhere(kept, value), { signal });
    addEventListener("online", () => this.wake(), { signal });
    document.addEventListener(
      "visibilitychange",
      () => {
        if (document.visibilityState === "visible") this.wake();
        else writeKept();
      },
      { signal },
    );
  }

  /** What one does in another tab: which rooms are open, what is read, and what is about to be said, is the same in all of them. */
  #takeElsewhere(name: string, value: string | undefined): void {
    if (name === "rooms" && value !== undefined) {
      const open = new Set(roomsIn(value));
      for (const room of open) this.open(room);
      for (const room of this.rooms.peek().keys()) if (!open.has(room)) this.leave(room);
    }
    for (const room of this.rooms.peek().values()) {
      if (name === `read.${room.name}`) room.readElsewhere(value);
      if (name === `draft.${room.name}`) room.composer.take(value);
    }
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
        write("me", JSON.stringify(change.user));
        if (change.replaced) this.replaced.value = true;
        break;
      case "storage":
        this.stored.value = change.kept;
        break;
      case "renameRefused":
        // The page never asks for another name.
        break;
      default:
        absurd(change);
    }
  }
}
