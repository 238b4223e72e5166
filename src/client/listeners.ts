/**
 * Those who are told of changes. One that throws disturbs neither the others nor the client: its fault comes up by itself, in a task of its own.
 */
export type Unsubscribe = () => void;

export class Listeners<T> {
  readonly #all = new Set<(change: T) => void>();

  add(listener: (change: T) => void): Unsubscribe {
    // Wrapped, so that one function that is added twice is told twice and taken away once.
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
