/**
 * Writes to the store, and knows what it could not keep: that is offered again with whatever is written next, so what was refused because the
 * store was full is kept as soon as there is room.
 */
import type { Store } from "./store.ts";

export class RetryingStore {
  readonly #store: Store;
  readonly #unkept = new Map<string, string | undefined>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether all is kept that should be. */
  get isComplete(): boolean {
    return this.#unkept.size === 0;
  }

  /** Keeps a value under a name, or forgets it where that is undefined. */
  save(name: string, value: string | undefined): void {
    this.#unkept.set(name, value);
    for (const [unkept, its] of this.#unkept) {
      if (this.#store.save(unkept, its)) this.#unkept.delete(unkept);
    }
  }
}
