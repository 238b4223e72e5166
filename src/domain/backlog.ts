/**
 * The backlog: a room's recent entries in memory (R6). A resume within them needs no read of the log.
 *
 * Always true:
 * - It is bounded in entries and in bytes, and so are all backlogs together that share a budget (L4).
 * - Its entries are consecutive, without a hole. The last one is the room's head.
 * - It answers for a position only if it holds the entry at that position. It answers for the start only if
 *   it holds the room's first entry. The log honours a position by the same rule (`resume.ts`), so memory and
 *   log never give different answers.
 */
import { unbounded, type ByteBudget, type Holder } from "./byte-budget.ts";
import { comparePositions, EMPTY_HEAD, START, type Head, type Position } from "./position.ts";

export interface LinkedEntry extends Head {
  /** The id of the entry before this one in the room; `0-0` before the first. */
  readonly previous: Position;
  /** The approximate memory that it occupies, in bytes. */
  readonly size: number;
}

/** Removed entries stay in the array until they exceed one of these bounds. */
const COMPACT_ENTRIES = 64;
const COMPACT_BYTES = 65_536;

export class Backlog<E extends LinkedEntry> implements Holder {
  readonly #maxEntries: number;
  readonly #maxBytes: number;
  readonly #budget: ByteBudget;
  #entries: E[] = [];
  #start = 0;
  #bytes = 0;
  #removedBytes = 0;
  #head: Head = EMPTY_HEAD;
  #cut = false;

  constructor(maxEntries: number, maxBytes: number, budget: ByteBudget = unbounded()) {
    this.#maxEntries = maxEntries;
    this.#maxBytes = maxBytes;
    this.#budget = budget;
  }

  get length(): number {
    return this.#entries.length - this.#start;
  }

  get oldest(): E | undefined {
    return this.#entries[this.#start];
  }

  get head(): Head {
    return this.#head;
  }

  /** The seq of the first entry that it holds, or of the next one to come. */
  get firstSeq(): number {
    return this.oldest?.seq ?? this.#head.seq + 1;
  }

  /** Whether entries were removed for their size: the log may keep older ones than it holds. */
  get isCut(): boolean {
    return this.#cut;
  }

  /** Adds the entry that follows the last one, and removes the oldest entries until the bounds hold again. */
  push(entry: E): void {
    this.#entries.push(entry);
    this.#head = entry;
    this.#bytes += entry.size;
    while (this.length > this.#maxEntries) this.#removeOldest();
    while (this.#bytes > this.#maxBytes && this.length > 1) {
      this.#removeOldest();
      this.#cut = true;
    }
    // Compacting only now and then keeps the cost of a push constant on average.
    if (this.#start > COMPACT_ENTRIES || this.#removedBytes > COMPACT_BYTES) this.#compact();
    this.#budget.hold(this, this.#bytes);
  }

  /** Gives back memory to the budget: removes the oldest entries, at least a quarter of all. */
  giveBack(bytes: number): number {
    const before = this.#bytes;
    const target = before - Math.max(bytes, before / 4);
    while (this.#bytes > target && this.length > 0) this.#removeOldest();
    this.#cut = true;
    this.#compact();
    return before - this.#bytes;
  }

  /** The backlog is no longer needed. */
  release(): void {
    this.clear();
    this.#budget.release(this);
  }

  clear(): void {
    this.#entries = [];
    this.#start = 0;
    this.#bytes = 0;
    this.#removedBytes = 0;
    this.#head = EMPTY_HEAD;
    this.#cut = false;
    this.#budget.hold(this, 0);
  }

  /** The entries after a position, at most `limit`. Undefined if the backlog does not reach back that far. */
  after(position: Position, limit: number): readonly E[] | undefined {
    this.#budget.use(this);
    const from = this.#indexAfter(position);
    return from === undefined ? undefined : this.#entries.slice(from, from + limit);
  }

  /** The newest entries, at most `limit`. */
  newest(limit: number): readonly E[] {
    this.#budget.use(this);
    return this.#entries.slice(Math.max(this.#start, this.#entries.length - limit));
  }

  /** The entry at exactly this position. */
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
    this.#budget.hold(this, this.#bytes);
  }

  #removeOldest(): void {
    const size = this.#entries[this.#start]?.size ?? 0;
    this.#bytes -= size;
    this.#removedBytes += size;
    this.#start += 1;
  }

  #compact(): void {
    this.#entries = this.#entries.slice(this.#start);
    this.#start = 0;
    this.#removedBytes = 0;
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
