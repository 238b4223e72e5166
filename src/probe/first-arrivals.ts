/**
 * Remembers when each event first arrived at any client, to measure how much later the other clients got it.
 * It remembers the latest 16,384 events. An older event counts as new.
 */
const CAPACITY = 16_384;

interface Arrival {
  readonly id: string;
  readonly at: number;
}

export class FirstArrivals {
  readonly #latest: (Arrival | undefined)[] = [];

  /** The milliseconds since the event first arrived at any client; 0 for the first arrival. */
  lag(id: string, seq: number, now: number): number {
    const index = seq % CAPACITY;
    const first = this.#latest[index];
    // Compared by id: after a log diverged, the same `seq` is given to another event.
    if (first?.id === id) return now - first.at;
    this.#latest[index] = { id, at: now };
    return 0;
  }
}
