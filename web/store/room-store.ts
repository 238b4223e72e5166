/**
 * One room as the page shows it. The client keeps what is true (events folded with the domain's own functions); this gives it to the
 * components as signals, and adds what only a reader has: how far they have read, and what they are about to say.
 */
import { batch, computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Author } from "../../src/domain/event.ts";
import type { Message } from "../../src/domain/message.ts";
import { comparePositions, parsePosition, type Position } from "../../src/domain/position.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { EMPTY_ROSTER, type Roster } from "../../src/domain/roster.ts";
import { read, write } from "../keep.ts";
import { rowsOf, type Item, type Row } from "../timeline.ts";
import { ComposerStore } from "./composer-store.ts";
import type { Doing, Unsent } from "./unsent.ts";

/** How many of the messages that came last are told to a screen reader. */
const MOST_HEARD = 5;

const keptPosition = (name: string): Position | undefined => {
  const parsed = parsePosition(read(name) ?? "");
  return parsed.ok ? parsed.value : undefined;
};

/** What the store asks of the room's connection. */
export interface RoomLink {
  readonly send: (doing: Doing) => void;
  readonly retry: (key: string) => void;
  readonly discard: (key: string) => void;
  readonly loadOlder: () => Promise<void>;
  readonly typed: () => void;
}

export class RoomStore {
  readonly name: RoomName;
  readonly composer: ComposerStore;
  readonly items: Signal<readonly Item[]> = signal([]);
  readonly unsent: Signal<readonly Unsent[]> = signal([]);
  readonly roster: Signal<Roster> = signal(EMPTY_ROSTER);
  readonly typing: Signal<readonly Author[]> = signal([]);
  readonly heard: Signal<readonly Message[]> = signal([]);
  /** Whether it has been joined once, so that what it holds is known. */
  readonly open: Signal<boolean> = signal(false);
  readonly more: Signal<boolean> = signal(false);
  readonly loading: Signal<boolean> = signal(false);
  readonly rows: ReadonlySignal<readonly Row[]>;
  readonly unread: ReadonlySignal<number>;
  readonly #link: RoomLink;
  readonly #me: ReadonlySignal<Author | undefined>;
  readonly #keptAs: string;
  /** Up to where one has read, and up to where one had when the line above the new messages was drawn. */
  readonly #readUpTo: Signal<Position | undefined>;
  readonly #lineAt: Signal<Position | undefined>;

  constructor(name: RoomName, link: RoomLink, me: ReadonlySignal<Author | undefined>) {
    this.name = name;
    this.composer = new ComposerStore(name);
    this.#link = link;
    this.#me = me;
    this.#keptAs = `read.${name}`;
    this.#readUpTo = signal(keptPosition(this.#keptAs));
    this.#lineAt = signal(this.#readUpTo.peek());
    this.rows = computed(() =>
      rowsOf({
        items: this.items.value,
        unsent: this.unsent.value,
        readUpTo: this.#lineAt.value,
        me: me.value?.id,
      }),
    );
    this.unread = computed(() => this.#countUnread());
  }

  find(id: Position): Message | undefined {
    const found = this.items.value.find((item) => item.id === id);
    return found?.kind === "message" ? found.message : undefined;
  }

  /** The last message of one's own that can still be edited. */
  lastOwn(): Message | undefined {
    const me = this.#me.value?.id;
    const own = this.items.value.findLast(
      (item) => item.kind === "message" && item.message.author.id === me && !item.message.deleted,
    );
    return own?.kind === "message" ? own.message : undefined;
  }

  post(text: string, replyTo: Position | undefined): void {
    this.#link.send({ type: "post", text, replyTo });
  }

  edit(message: Position, text: string): void {
    this.#link.send({ type: "edit", message, text });
  }

  remove(message: Position): void {
    this.#link.send({ type: "delete", message });
  }

  react(message: Position, emoji: string, on: boolean): void {
    this.#link.send({ type: "react", message, emoji, on });
  }

  retry(key: string): void {
    this.#link.retry(key);
  }

  discard(key: string): void {
    this.#link.discard(key);
  }

  typed(): void {
    this.#link.typed();
  }

  loadOlder(): void {
    if (!this.more.peek() || this.loading.peek()) return;
    this.loading.value = true;
    void this.#link.loadOlder().finally(() => {
      this.loading.value = false;
    });
  }

  /** All that is there has been read, if the page is in sight. The line above the new messages stays until one looks away. */
  read(): void {
    const last = this.items.peek().at(-1);
    if (last === undefined || document.visibilityState === "hidden" || !document.hasFocus()) return;
    const before = this.#readUpTo.peek();
    if (before !== undefined && comparePositions(last.id, before) <= 0) return;
    batch(() => {
      this.#readUpTo.value = last.id;
      write(this.#keptAs, last.id);
    });
  }

  /** One looks away: what comes from now on is new when one is back. */
  lookAway(): void {
    this.#lineAt.value = this.#readUpTo.peek();
  }

  /** A live message of another. */
  hear(message: Message): void {
    this.heard.value = [...this.heard.peek(), message].slice(-MOST_HEARD);
  }

  #countUnread(): number {
    const readUpTo = this.#readUpTo.value;
    if (readUpTo === undefined) return 0;
    const me = this.#me.value?.id;
    const items = this.items.value;
    let count = 0;
    for (let index = items.length - 1; index >= 0; index -= 1) {
      const item = items[index];
      if (item === undefined || comparePositions(item.id, readUpTo) <= 0) break;
      if (item.kind === "message" && item.message.author.id !== me) count += 1;
    }
    return count;
  }
}
