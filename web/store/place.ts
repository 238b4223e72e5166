/**
 * Where a reader is in a room's log: a stretch of it, which moves with them, and whether they are at its end.
 *
 * At the end they have read what comes, and the rows above are no longer needed; anywhere else the stretch stays where it is.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Position } from "../../src/domain/position.ts";
import { beginningFor, FIRST, STEP, stretchOf, type Beginning, type Stretch } from "../log/stretch.ts";
import type { RoomStore } from "./room-store.ts";

export class Place {
  readonly atEnd: Signal<boolean> = signal(true);
  readonly stretch: ReadonlySignal<Stretch>;
  readonly #room: RoomStore;
  readonly #beginning: Signal<Beginning> = signal(undefined);
  readonly #atNewest: Signal<number> = signal(FIRST);
  /** The first row when it was last tried to put more above it. */
  #filledAbove: string | undefined;

  constructor(room: RoomStore) {
    this.#room = room;
    this.stretch = computed(() =>
      stretchOf(room.timeline.value, this.#beginning.value, this.#atNewest.value),
    );
  }

  /** For an effect: keeps to the end while the reader is there, and to where they are once they leave it. */
  follow(): void {
    if (this.#room.position.value === undefined) return;
    if (this.atEnd.value) {
      this.#room.read();
      this.#beginning.value = undefined;
    } else if (this.#beginning.peek() === undefined) {
      this.#beginning.value = this.stretch.peek().beginning;
    }
  }

  /** The first rows are in sight: those above follow bit by bit, before anybody scrolls to them. Whether more of them do. */
  widen(): boolean {
    this.#atNewest.value = Math.min(STEP, this.#atNewest.peek() + FIRST);
    return this.#atNewest.peek() < STEP;
  }

  up(): void {
    const { hasAbove, above } = this.stretch.peek();
    if (hasAbove) this.#beginning.value = above;
    else void this.#older();
  }

  down(): void {
    const { hasBelow, below } = this.stretch.peek();
    if (hasBelow) this.#beginning.value = below;
  }

  /** Puts more above, once for each row that is the first: what can't be loaded is not asked for again and again. */
  fill(): void {
    const first = this.stretch.peek().rows[0]?.key;
    if (this.#room.status.peek().status !== "live" || this.#filledAbove === first) return;
    this.#filledAbove = first;
    this.up();
  }

  /** To a message that is held. */
  to(message: Position): void {
    this.atEnd.value = false;
    if (this.stretch.peek().rows.some(({ key }) => key === message)) return;
    this.#beginning.value = beginningFor(this.#room.timeline.peek(), message);
  }

  toEnd(): void {
    this.#beginning.value = undefined;
    this.atEnd.value = true;
  }

  async #older(): Promise<void> {
    if (await this.#room.loadOlder()) this.up();
  }
}
