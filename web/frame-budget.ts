/**
 * Spreads work over frames: each kind of work has a budget for one frame, so that the page stays responsive,
 * and the rest is done in later frames.
 */
import { signal, type ReadonlySignal } from "@preact/signals";

const frame = signal(0);
let isWaiting = false;
let isLifted = false;

/** Changes when all budgets are full again. Read it to be rendered again then. */
export const frames: ReadonlySignal<number> = frame;

const begun = new Set<() => void>();

const awaitFrame = (begin: () => void): void => {
  begun.add(begin);
  if (isWaiting) return;
  isWaiting = true;
  // After this frame has been drawn with all the work that was done in it.
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

/** Lifts all budgets for this frame, however long it takes: a copy needs the whole text at once. */
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

  /** Returns whether the frame has any budget left, and if so uses up that amount, or all of it. */
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
