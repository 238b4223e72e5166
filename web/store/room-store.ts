/**
 * One room as the page shows it. The client keeps what is true; this gives it to the components as signals, and adds what only a reader
 * has: how far they have read, and what they are about to say.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Item, Pending, Room, RoomChange, RoomStatus } from "../../src/client/index.ts";
import { absurd } from "../../src/domain/decision.ts";
import type { Author } from "../../src/domain/event.ts";
import type { IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import type { Message } from "../../src/domain/message.ts";
import { comparePositions, parsePosition, type Position } from "../../src/domain/position.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { Roster } from "../../src/domain/roster.ts";
import { read, write } from "../storage/saved-values.ts";
import { recordOf } from "../storage/room-record.ts";
import { keepRoom } from "../storage/room-cache.ts";
import type { Timeline } from "../log/timeline.ts";
import { ComposerStore } from "./composer-store.ts";
import { NameStore } from "./name-store.ts";

/** How many of the messages that came last are told to a screen reader. */
const MOST_HEARD = 5;
/** How many older events can be asked for at once. */
const MOST_EVENTS = 500;
/** How long the line says on how many messages one has caught up. */
const CAUGHT_UP_MS = 6000;

/** What the room store needs to know of the whole chat. */
export interface Surroundings {
  readonly me: ReadonlySignal<Author | undefined>;
  readonly online: ReadonlySignal<boolean>;
  /** Somebody else has said something just now. */
  readonly hear: (room: RoomStore, message: Message) => void;
}

/** It failed since the message that it is about, or answers, is no longer there. */
export const isOrphaned = ({ state }: Pending): boolean =>
  state.status === "failed" && state.code === "not_found";

const positionIn = (text: string | undefined): Position | undefined => {
  const parsed = parsePosition(text ?? "");
  return parsed.ok ? parsed.value : undefined;
};

export class RoomStore {
  readonly composer: ComposerStore;
  readonly names: NameStore;
  readonly roster: Signal<Roster>;
  readonly status: Signal<RoomStatus>;
  readonly typists: Signal<readonly Author[]> = signal([]);
  /** What others have said since the join, the last few. */
  readonly heard: Signal<readonly Message[]> = signal([]);
  /** On how many messages one has just caught up; 0 once that has been said. */
  readonly caughtUpOn: Signal<number> = signal(0);
  readonly hasOlder: Signal<boolean> = signal(false);
  readonly loading: Signal<boolean> = signal(false);
  /** Whether something of it is known: it was joined once, or kept. */
  readonly open: ReadonlySignal<boolean>;
  /** What its log is to be shown with; another one whenever any of it has changed. */
  readonly timeline: ReadonlySignal<Timeline>;
  readonly unread: ReadonlySignal<number>;
  /** The last event that is here. */
  readonly position: Signal<Position | undefined> = signal(undefined);
  readonly #room: Room;
  readonly #around: Surroundings;
  readonly #keptAs: string;
  readonly #pending: Signal<readonly Pending[]>;
  /** Grows when items or messages have changed, once a task however many did. */
  readonly #version: Signal<number> = signal(0);
  #stale = false;
  /** What came before the room was live for the first time was said before one was here. */
  #wasLive = false;
  /** Up to where one has read, and up to where one had when the line above the new messages was drawn. */
  readonly #readUpTo: Signal<Position | undefined>;
  readonly #lineAt: Signal<Position | undefined>;

  constructor(room: Room, around: Surroundings) {
    this.#room = room;
    this.#around = around;
    this.composer = new ComposerStore(room.name);
    this.names = new NameStore(room);
    this.roster = signal(room.roster);
    this.status = signal(room.status);
    this.#pending = signal(room.pending);
    this.#keptAs = `read.${room.name}`;
    this.#readUpTo = signal(positionIn(read(this.#keptAs)));
    this.#lineAt = signal(this.#readUpTo.peek());
    this.open = computed(() => {
      void this.#version.value;
      return this.position.value !== undefined || this.#items.length > 0;
    });
    this.timeline = computed(() => this.#timeline());
    this.unread = computed(() => this.#countUnread());
    room.subscribe((change) => this.#take(change));
    room.on("message", (message) => this.#hear(message));
    this.#refresh();
  }

  get name(): RoomName {
    return this.#room.name;
  }

  find(id: Position): Message | undefined {
    return this.#room.message(id);
  }

  /** The last message of one's own that can still be edited. */
  lastOwn(): Message | undefined {
    const me = this.#around.me.peek()?.id;
    const own = this.#items.findLast(
      (item) => item.type === "message.posted" && item.by.id === me && this.find(item.id)?.deleted === false,
    );
    return own?.type === "message.posted" ? this.find(own.id) : undefined;
  }

  // What becomes of each of these is in `pending`, and so among the rows.
  post(text: string, replyTo: Position | undefined): void {
    // Who answers has seen what is new.
    this.lookAway();
    void this.#room.post(text, { replyTo }).catch(shownInRows);
  }

  edit(message: Position, text: string): void {
    void this.#room.edit(message, text).catch(shownInRows);
  }

  remove(message: Position): void {
    void this.#room.delete(message).catch(shownInRows);
  }

  react(message: Position, emoji: string, on: boolean): void {
    void this.#room.react(message, emoji, on).catch(shownInRows);
  }

  /** One's reaction: taken back where it is there already. */
  toggle(message: Position, emoji: string): void {
    const me = this.#around.me.peek()?.id;
    const given = this.find(message)?.reactions.find((reaction) => reaction.emoji === emoji);
    this.react(message, emoji, given?.by.some((author) => author.id === me) !== true);
  }

  /** An answer whose question is no longer there goes by itself. */
  retry(pending: Pending): void {
    const { key, command } = pending;
    if (command.type === "post" && isOrphaned(pending) && this.#room.discard(key)) {
      this.post(command.text, undefined);
    } else void this.#room.retry(key)?.catch(shownInRows);
  }

  discard(key: IdempotencyKey): void {
    this.#room.discard(key);
  }

  typed(): void {
    this.#room.typing();
  }

  leave(): void {
    this.#room.leave();
  }

  /** False where there is nothing older, it is being loaded already, or it can't be. */
  async loadOlder(): Promise<boolean> {
    return this.hasOlder.peek() && !this.loading.peek() && (await this.#load());
  }

  /** Loads what is older until a message is here. False where it is not kept, never was, or can't be fetched now. */
  async reach(message: Position): Promise<boolean> {
    while (this.find(message) === undefined) {
      const first = this.#items[this.#items.findLastIndex(({ type }) => type === "gap") + 1];
      const isPast = first !== undefined && first.type !== "gap" && comparePositions(first.id, message) <= 0;
      if (isPast || !(await this.#load(MOST_EVENTS))) return false;
    }
    return true;
  }

  async #load(limit?: number): Promise<boolean> {
    this.loading.value = true;
    const isLoaded = await this.#room.loadOlder(limit);
    this.loading.value = false;
    this.#refresh();
    return isLoaded;
  }

  /** All that is there has been read, if the page is in sight. The line above the new messages stays until one looks away. */
  read(): void {
    const last = this.position.peek();
    if (last === undefined || document.visibilityState === "hidden" || !document.hasFocus()) return;
    const before = this.#readUpTo.peek();
    if (before !== undefined && comparePositions(last, before) <= 0) return;
    this.#readUpTo.value = last;
    write(this.#keptAs, last);
  }

  /** One has read up to here in another tab: it is not new in this one either. */
  readElsewhere(upTo: string | undefined): void {
    const to = positionIn(upTo);
    const before = this.#readUpTo.peek();
    if (to === undefined || (before !== undefined && comparePositions(to, before) <= 0)) return;
    this.#readUpTo.value = to;
    this.lookAway();
  }

  /** One looks away: what comes from now on is new when one is back. */
  lookAway(): void {
    this.#lineAt.value = this.#readUpTo.peek();
  }

  get #items(): readonly Item[] {
    return this.#room.items;
  }

  #take(change: RoomChange): void {
    switch (change.type) {
      case "appended":
      case "inserted":
      case "reset":
      case "message":
        this.#outdate();
        if (this.status.peek().status !== "left") keepRoom(this.name, () => recordOf(this.#room, Date.now()));
        break;
      case "roster":
        this.roster.value = change.roster;
        break;
      case "typists":
        this.typists.value = change.typists;
        break;
      case "pending":
        this.#pending.value = change.pending;
        break;
      case "status":
        this.status.value = change.status;
        if (change.status.status === "live") this.#wasLive = true;
        this.#outdate();
        break;
      case "caughtUp":
        this.caughtUpOn.value = change.messages;
        setTimeout(() => (this.caughtUpOn.value = 0), CAUGHT_UP_MS);
        break;
      default:
        absurd(change);
    }
  }

  /** What a burst of events changes is shown once, after it. */
  #outdate(): void {
    if (this.#stale) return;
    this.#stale = true;
    queueMicrotask(() => this.#refresh());
  }

  #refresh(): void {
    this.#stale = false;
    this.hasOlder.value = this.#room.hasOlder;
    this.position.value = this.#room.position;
    this.composer.follow((id) => this.find(id));
    this.#version.value += 1;
  }

  #hear(message: Message): void {
    if (!this.#wasLive || message.author.id === this.#around.me.peek()?.id) return;
    this.heard.value = [...this.heard.peek(), message].slice(-MOST_HEARD);
    this.#around.hear(this, message);
  }

  #timeline(): Timeline {
    void this.#version.value;
    const online = this.#around.online.value;
    return {
      items: this.#items,
      message: (id) => this.find(id),
      unsent: this.#pending.value.filter(
        ({ command, state }) => command.type === "post" || state.status === "failed" || !online,
      ),
      readUpTo: this.#lineAt.value,
      me: this.#around.me.value?.id,
    };
  }

  #countUnread(): number {
    void this.#version.value;
    const readUpTo = this.#readUpTo.value;
    if (readUpTo === undefined) return 0;
    const me = this.#around.me.value?.id;
    let count = 0;
    for (let index = this.#items.length - 1; index >= 0; index -= 1) {
      const item = this.#items[index];
      if (item === undefined || item.type === "gap") continue;
      if (comparePositions(item.id, readUpTo) <= 0) break;
      if (item.type === "message.posted" && item.by.id !== me) count += 1;
    }
    return count;
  }
}

const shownInRows = (): void => {};
