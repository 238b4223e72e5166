/**
 * When an event first came to anybody, so that one can say by how much somebody else had it later. It knows the latest some ten thousand events; what is
 * older counts as new.
 */
const REMEMBERED = 16_384;

interface Arrival {
  readonly id: string;
  readonly at: number;
}

export class Arrivals {
  readonly #latest: (Arrival | undefined)[] = [];

  /** How many milliseconds after the first of all it comes now; 0 for the first. */
  lag(id: string, seq: number, now: number): number {
    const place = seq % REMEMBERED;
    const first = this.#latest[place];
    // By id: the numbers of a log that was rewound are given out anew.
    if (first?.id === id) return now - first.at;
    this.#latest[place] = { id, at: now };
    return 0;
  }
}
