/**
 * The backlog: a room's recent entries in memory (R6). A resume within them needs no read of the log.
 *
 * Always true:
 * - It is bounded in entries and in bytes.
 * - Its entries are consecutive, without a hole. The last one is the room's head.
 * - It answers for a position only if it holds the entry at that position. It answers for the start only if
 *   it holds the room's first entry. The log honours a position by the same rule (`resume.ts`), so memory and
 *   log never give different answers.
 */
import { comparePositions, EMPTY_HEAD, START, type Head, type Position } from "./position.ts";

export interface LinkedEntry extends Head {
  /** The id of the entry before this one in the room; `0-0` before the first. */
  readonly previous: Position;
  /** The approximate memory that it occupies, in bytes. */
  readonly size: number;
}

export class Backlog<E extends LinkedEntry> {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  #entries: E[] = [];
  #start = 0;
  #bytes = 0;

  constructor(maxEntries: number, maxBytes: number) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
  }

  get length(): number {
    return this.#entries.length - this.#start;
  }

  get oldest(): E | undefined {
    return this.#entries[this.#start];
  }

  get head(): Head {
    return this.#entries.at(-1) ?? EMPTY_HEAD;
  }

  /** Adds the entry that follows the last one, and removes the oldest entries until the bounds hold again. */
  push(entry: E): void {
    this.#entries.push(entry);
    this.#bytes += entry.size;
    while (this.length > this.#maxEntries || (this.#bytes > this.#maxBytes && this.length > 1)) {
      this.#bytes -= this.#entries[this.#start]?.size ?? 0;
      this.#start += 1;
    }
    // Compacting only now and then keeps the cost of a push constant on average.
    if (this.#start > 64 && this.#start > this.length) {
      this.#entries = this.#entries.slice(this.#start);
      this.#start = 0;
    }
  }

  clear(): void {
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
  }

  /** The entries after a position, at most `limit`. Undefined if the backlog does not reach back that far. */
  after(position: Position, limit: number): readonly E[] | undefined {
    const from = this.#indexAfter(position);
    return from === undefined ? undefined : this.#entries.slice(from, from + limit);
  }

  /** The newest entries, at most `limit`. */
  newest(limit: number): readonly E[] {
    return this.#entries.slice(Math.max(this.#start, this.#entries.length - limit));
  }

  /** The entry at this very position. */
  at(position: Position): E | undefined {
    const index = this.#search(position);
    const entry = this.#entries[index];
    return entry?.id === position ? entry : undefined;
  }

  /** Replaces each entry for which `replacement` returns another version. */
  rewrite(replacement: (entry: E) => E | undefined): void {
    for (let index = this.#start; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      const other = entry && replacement(entry);
      if (entry && other) {
        this.#entries[index] = other;
        this.#bytes += other.size - entry.size;
      }
    }
  }

  #indexAfter(position: Position): number | undefined {
    const oldest = this.oldest;
    if (oldest === undefined) return undefined;
    if (position === START && oldest.seq === 1) return this.#start;
    const index = this.#search(position);
    return this.#entries[index]?.id === position ? index + 1 : undefined;
  }

  /** The first index whose entry is at or after the position. */
  #search(position: Position): number {
    let low = this.#start;
    let high = this.#entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const entry = this.#entries[middle];
      if (entry !== undefined && comparePositions(entry.id, position) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
