/**
 * Offers refused writes to the store again with the next write: a value that the store refused because it was
 * full is kept as soon as there is space.
 */
import type { Store } from "./store.ts";

export class RetryingStore {
  readonly #store: Store;
  /** The writes that the store has refused. */
  readonly #refused = new Map<string, string | undefined>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Whether the store has accepted all writes. */
  get isComplete(): boolean {
    return this.#refused.size === 0;
  }

  /** Stores a value under a name, or deletes it if the value is undefined. */
  save(name: string, value: string | undefined): void {
    this.#refused.set(name, value);
    for (const [refused, its] of this.#refused) {
      if (this.#store.save(refused, its)) this.#refused.delete(refused);
    }
  }
}
