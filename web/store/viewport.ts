/**
 * Where a reader is in a room's log: the window of rows that is in the page, and whether the reader is at the
 * log's end.
 *
 * At the end, new messages are read as they come, and the rows far above are dropped. Anywhere else the
 * window stays where it is, whatever comes.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Position, Unsubscribe } from "../../src/client/index.ts";
import type { PageFocus } from "../device/device.ts";
import {
  FIRST_LINES,
  rowWindowOf,
  STEP_LINES,
  windowStartFor,
  type RowWindow,
  type WindowStart,
} from "../log/row-window.ts";
import type { RoomStore } from "./room-store.ts";

export class Viewport {
  readonly atEnd: Signal<boolean> = signal(true);
  readonly rowWindow: ReadonlySignal<RowWindow>;
  readonly #room: RoomStore;
  readonly #start: Signal<WindowStart> = signal(undefined);
  readonly #atNewest: Signal<number> = signal(FIRST_LINES);
  /** The first row at the last attempt to add rows above it. */
  #filledAbove: string | undefined;

  constructor(room: RoomStore) {
    this.#room = room;
    this.rowWindow = computed(() =>
      rowWindowOf(room.timeline.value, this.#start.value, this.#atNewest.value),
    );
  }

  /**
   * For an effect: follows the log's end while the reader is there, and keeps the window in place once they
   * leave it.
   */
  follow(): void {
    if (this.#room.position.value === undefined) return;
    if (this.atEnd.value) {
      this.#room.markRead();
      this.#start.value = undefined;
    } else if (this.#start.peek() === undefined) {
      this.#start.value = this.rowWindow.peek().start;
    }
  }

  /** For an effect: what is at the end is read when the reader looks at the page again. */
  followFocus(focus: PageFocus): Unsubscribe {
    const { readMarker } = this.#room;
    const unsubscribe = focus.onFocusChange((hasFocus) => {
      if (!hasFocus) readMarker.lookAway();
      else if (this.atEnd.peek()) this.#room.markRead();
    });
    return () => {
      unsubscribe();
      readMarker.lookAway();
    };
  }

  /** Adds rows above the first ones, before anybody scrolls to them. Returns whether more are to be added. */
  widen(): boolean {
    this.#atNewest.value = Math.min(STEP_LINES, this.#atNewest.peek() + FIRST_LINES);
    return this.#atNewest.peek() < STEP_LINES;
  }

  up(): void {
    const { hasAbove, above } = this.rowWindow.peek();
    if (hasAbove) this.#start.value = above;
    else void this.#loadOlder();
  }

  down(): void {
    const { hasBelow, below } = this.rowWindow.peek();
    if (hasBelow) this.#start.value = below;
  }

  /**
   * Adds rows above, once for each first row: a page that can't be loaded is not asked for again and again.
   */
  fill(): void {
    const first = this.rowWindow.peek().rows[0]?.key;
    if (this.#room.status.peek().status !== "live" || this.#filledAbove === first) return;
    this.#filledAbove = first;
    this.up();
  }

  /** Moves the window to a message that the client holds. */
  to(message: Position): void {
    this.atEnd.value = false;
    if (this.rowWindow.peek().rows.some(({ key }) => key === message)) return;
    this.#start.value = windowStartFor(this.#room.timeline.peek(), message);
  }

  toEnd(): void {
    this.#start.value = undefined;
    this.atEnd.value = true;
  }

  async #loadOlder(): Promise<void> {
    if (await this.#room.older.load()) this.up();
  }
}
