/**
 * Where a reader is in a room's log: a window of its rows, which moves with them, and whether they are at its end.
 *
 * At the end they have read what comes, and the rows above are no longer needed; anywhere else the window stays where it is.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Position } from "../../src/domain/position.ts";
import {
  windowStartFor,
  FIRST_LINES,
  STEP_LINES,
  rowWindowOf,
  type WindowStart,
  type RowWindow,
} from "../log/row-window.ts";
import type { RoomStore } from "./room-store.ts";

export class Viewport {
  readonly atEnd: Signal<boolean> = signal(true);
  readonly rowWindow: ReadonlySignal<RowWindow>;
  readonly #room: RoomStore;
  readonly #start: Signal<WindowStart> = signal(undefined);
  readonly #atNewest: Signal<number> = signal(FIRST_LINES);
  /** The first row when it was last tried to put more above it. */
  #filledAbove: string | undefined;

  constructor(room: RoomStore) {
    this.#room = room;
    this.rowWindow = computed(() =>
      rowWindowOf(room.timeline.value, this.#start.value, this.#atNewest.value),
    );
  }

  /** For an effect: keeps to the end while the reader is there, and to where they are once they leave it. */
  follow(): void {
    if (this.#room.position.value === undefined) return;
    if (this.atEnd.value) {
      this.#room.read();
      this.#start.value = undefined;
    } else if (this.#start.peek() === undefined) {
      this.#start.value = this.rowWindow.peek().start;
    }
  }

  /** The first rows are in sight: those above follow bit by bit, before anybody scrolls to them. Whether more of them do. */
  widen(): boolean {
    this.#atNewest.value = Math.min(STEP_LINES, this.#atNewest.peek() + FIRST_LINES);
    return this.#atNewest.peek() < STEP_LINES;
  }

  up(): void {
    const { hasAbove, above } = this.rowWindow.peek();
    if (hasAbove) this.#start.value = above;
    else void this.#older();
  }

  down(): void {
    const { hasBelow, below } = this.rowWindow.peek();
    if (hasBelow) this.#start.value = below;
  }

  /** Puts more above, once for each row that is the first: what can't be loaded is not asked for again and again. */
  fill(): void {
    const first = this.rowWindow.peek().rows[0]?.key;
    if (this.#room.status.peek().status !== "live" || this.#filledAbove === first) return;
    this.#filledAbove = first;
    this.up();
  }

  /** To a message that is held. */
  to(message: Position): void {
    this.atEnd.value = false;
    if (this.rowWindow.peek().rows.some(({ key }) => key === message)) return;
    this.#start.value = windowStartFor(this.#room.timeline.peek(), message);
  }

  toEnd(): void {
    this.#start.value = undefined;
    this.atEnd.value = true;
  }

  async #older(): Promise<void> {
    if (await this.#room.loadOlder()) this.up();
  }
}
