/**
 * A room's recent events in memory (R6): a ring, bounded in entries and in bytes, always a hole-free stretch of the log that ends at the
 * room's head. What lies within it is served without a read.
 *
 * It knows that it reaches back to a position when that very entry is in it, or to the start when the room's first entry is: the same
 * rule by which the log itself honours a position (`resume.ts`), so that memory and log never answer differently.
 */
import { comparePositions, EMPTY_HEAD, START, type Head, type Position } from "./position.ts";

export interface Linked extends Head {
  /** The id of the entry before this one in the room; `0-0` before the first. */
  readonly previous: Position;
  /** Roughly what it occupies. */
  readonly size: number;
}

export class Backlog<E extends Linked> {
  readonly #mostEntries: number;
  readonly #mostBytes: number;
  #entries: E[] = [];
  #start = 0;
  #bytes = 0;

  constructor(mostEntries: number, mostBytes: number) {
    this.#mostEntries = mostEntries;
    this.#mostBytes = mostBytes;
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

  /** Takes in the entry that follows the last one; the oldest go where it grows too large. */
  push(entry: E): void {
    this.#entries.push(entry);
    this.#bytes += entry.size;
    while (this.length > this.#mostEntries || (this.#bytes > this.#mostBytes && this.length > 1)) {
      this.#bytes -= this.#entries[this.#start]?.size ?? 0;
      this.#start += 1;
    }
    // Moving the rest to the front now and then keeps a push at constant cost on average.
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

  /** What follows a position, at most `limit` entries; undefined where the backlog does not prove that it reaches back so far. */
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

  /** Puts another version of an entry in its place, for those that `version` gives one. */
  rewrite(version: (entry: E) => E | undefined): void {
    for (let index = this.#start; index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      const other = entry && version(entry);
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
