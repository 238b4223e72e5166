/**
 * Work that is shared out over frames: of each kind no more than so much is done in one, so that the page answers in between, and what is left has its turn
 * in a later one.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

const frame = signal(0);
let isWaiting = false;
let isLifted = false;

/** Changes when there may be more for whom nothing was left. */
export const frames: ReadonlySignal<number> = frame;

const begun = new Set<() => void>();

const awaitFrame = (begin: () => void): void => {
  begun.add(begin);
  if (isWaiting) return;
  isWaiting = true;
  // Once this frame has been drawn, with all that was done in it.
  requestAnimationFrame(() =>
    setTimeout(() => {
      isWaiting = false;
      isLifted = false;
      for (const each of begun) each();
      begun.clear();
      frame.value += 1;
    }),
  );
};

/** All that is shown next is shown in this frame, however long that takes: it is about to be taken away. */
export const showAllThisFrame = (): void => {
  isLifted = true;
  awaitFrame(() => undefined);
};

export class FrameBudget {
  readonly #perFrame: number;
  #left: number;

  constructor(perFrame: number) {
    this.#perFrame = perFrame;
    this.#left = perFrame;
  }

  /** Whether anything is left in this frame; if so, so much of it is used up, or all. */
  take(amount: number): boolean {
    awaitFrame(this.#begin);
    if (this.#left <= 0 && !isLifted) return false;
    this.#left -= amount;
    return true;
  }

  readonly #begin = (): void => {
    this.#left = this.#perFrame;
  };
}
