/**
 * The entries of one room, ascending, without a hole in their seqs.
 *
 * An append and a trim cost the same in a long log as in a short one, on average; an id is found by binary
 * search. The entries themselves never change: an erased text is another entry in the same place.
 */
import {
  comparePositions,
  EMPTY_HEAD,
  START,
  timeOf,
  type Head,
  type Position,
} from "../../domain/position.ts";
import type { Entry } from "../../log/entry.ts";
import { redacted, textOwner } from "../../log/redaction.ts";

/** Trimmed entries stay in the array until they are more than this, and more than half of it. */
const MOST_TRIMMED = 64;

export interface Slice {
  /** The entries, ascending. */
  readonly entries: readonly Entry[];
  /** Whether the log has more entries in this direction. */
  readonly more: boolean;
}

export class RoomLog {
  #entries: Entry[];
  #start = 0;

  constructor(entries: readonly Entry[] = []) {
    this.#entries = [...entries];
  }

  get head(): Head {
    const last = this.#entries.at(-1);
    return last === undefined ? EMPTY_HEAD : { id: last.id, seq: last.seq };
  }

  /** The oldest entry that is kept. Undefined if there is none. */
  get first(): Entry | undefined {
    return this.#entries[this.#start];
  }

  /** The entry at exactly this position. */
  at(position: Position): Entry | undefined {
    const entry = this.#entries[this.#indexOf(position)];
    return entry?.id === position ? entry : undefined;
  }

  /** The first entries above a position, which need not exist. */
  after(position: Position, limit: number): Slice {
    const index = this.#indexOf(position);
    const from = this.#entries[index]?.id === position ? index + 1 : index;
    return { entries: this.#entries.slice(from, from + limit), more: from + limit < this.#entries.length };
  }

  /** The last entries below a position, which need not exist. Undefined: the last of all entries. */
  before(position: Position | undefined, limit: number): Slice {
    const to = position === undefined ? this.#entries.length : this.#indexOf(position);
    const from = Math.max(this.#start, to - limit);
    return { entries: this.#entries.slice(from, to), more: from > this.#start };
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
  }

  /** Removes the text of a message and of its edits from all entries (D6). */
  erase(message: Position): void {
    // Edits come after their post.
    for (let index = this.#indexOf(message); index < this.#entries.length; index += 1) {
      const entry = this.#entries[index];
      if (entry !== undefined && textOwner(entry) === message) this.#entries[index] = redacted(entry);
    }
  }

  /**
   * Removes all except the newest `max` entries, and all that are older than `oldestMs`. The last entry
   * stays.
   */
  trim(max: number, oldestMs: number): void {
    const last = this.#entries.length - 1;
    this.#start = Math.max(this.#start, Math.min(last, this.#entries.length - max));
    while (this.#start < last && timeOf(this.#entries[this.#start]?.id ?? START) < oldestMs) this.#start += 1;
    if (this.#start <= Math.max(MOST_TRIMMED, this.#entries.length / 2)) return;
    this.#entries = this.#entries.slice(this.#start);
    this.#start = 0;
  }

  copy(): RoomLog {
    return new RoomLog(this.#entries.slice(this.#start));
  }

  /** The first index whose entry is at or above the position. */
  #indexOf(position: Position): number {
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
