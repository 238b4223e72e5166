/**
 * The listeners of one kind of change. A listener that throws disturbs neither the others nor the client: its
 * error is thrown again in a task of its own, where the platform reports it.
 */
/** Removes the listener. Further calls do nothing. */
export type Unsubscribe = () => void;

export class Listeners<T> {
  readonly #all = new Set<(change: T) => void>();

  add(listener: (change: T) => void): Unsubscribe {
    // Wrapped: a function that was added twice is called twice, and each `Unsubscribe` removes one of them.
    const added = (change: T): void => listener(change);
    this.#all.add(added);
    return () => {
      this.#all.delete(added);
    };
  }

  tell(change: T): void {
    for (const listener of this.#all) {
      try {
        listener(change);
      } catch (fault) {
        queueMicrotask(() => {
          throw fault;
        });
      }
    }
  }
}
