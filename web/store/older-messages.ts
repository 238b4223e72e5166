/** Loads what is older than the first event that the client holds. */
import { signal, type Signal } from "@preact/signals";
import { comparePositions, type Position, type Room } from "../../src/client/index.ts";

/** How many events a page can have at most. */
const MOST_EVENTS = 500;

export class OlderMessages {
  readonly hasOlder: Signal<boolean>;
  readonly loading: Signal<boolean> = signal(false);
  readonly #room: Room;
  readonly #onLoaded: () => void;

  constructor(room: Room, onLoaded: () => void) {
    this.#room = room;
    this.#onLoaded = onLoaded;
    this.hasOlder = signal(room.hasOlder);
  }

  /** The room's items have changed. */
  refresh(): void {
    this.hasOlder.value = this.#room.hasOlder;
  }

  /**
   * False where there is nothing older, where a page is being loaded already, or where it can't be loaded.
   */
  async load(): Promise<boolean> {
    return this.hasOlder.peek() && !this.loading.peek() && (await this.#load());
  }

  /** Loads pages until a message is held. False where the log does not have it, or a page can't be loaded. */
  async loadUntil(message: Position): Promise<boolean> {
    while (this.#room.message(message) === undefined) {
      if (this.#isPast(message) || !(await this.#load(MOST_EVENTS))) return false;
    }
    return true;
  }

  /** Whether the oldest event without a gap below it is older than the message. */
  #isPast(message: Position): boolean {
    const { items } = this.#room;
    const first = items[items.findLastIndex(({ type }) => type === "gap") + 1];
    return first !== undefined && first.type !== "gap" && comparePositions(first.id, message) <= 0;
  }

  async #load(limit?: number): Promise<boolean> {
    this.loading.value = true;
    const isLoaded = await this.#room.loadOlder(limit);
    this.loading.value = false;
    this.#onLoaded();
    return isLoaded;
  }
}
