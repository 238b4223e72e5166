/**
 * Batches: entries of a room on their way to the subscribers. Each transport has an encoder of its own. A
 * batch is encoded once for each encoder, and all subscribers get the same bytes.
 */
import type { ByteBudget, Holder } from "../../domain/byte-budget.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import { splitIntoFrames } from "../../wire/encode.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import { MAX_EVENTS } from "../../wire/protocol.ts";

/** The maximum size of a frame of events (UTF-16 units), unless a single event is larger. */
const MAX_BATCH_SIZE = 256 * 1024;

/**
 * Encodes entries for a transport. Use one constant for each format, because a batch caches results by the
 * function.
 */
export type BatchEncoder = (room: RoomName, entries: readonly Entry[]) => Outgoing;

export class Batch {
  readonly room: RoomName;
  readonly entries: readonly Entry[];
  // Almost every batch is encoded by a single encoder. The results of others are in the map.
  #encoder: BatchEncoder | undefined;
  #encoded: Outgoing | undefined;
  #others: Map<BatchEncoder, Outgoing> | undefined;

  constructor(room: RoomName, entries: readonly Entry[]) {
    this.room = room;
    this.entries = entries;
  }

  encoded(encoder: BatchEncoder): Outgoing {
    if (encoder === this.#encoder && this.#encoded !== undefined) return this.#encoded;
    const known = this.#others?.get(encoder);
    if (known !== undefined) return known;
    const encoded = encoder(this.room, this.entries);
    if (this.#encoder === undefined) {
      this.#encoder = encoder;
      this.#encoded = encoded;
    } else (this.#others ??= new Map()).set(encoder, encoded);
    return encoded;
  }
}

/** Splits entries into chunks that fit into one frame each. */
export const inFrames = (entries: readonly Entry[]): readonly (readonly Entry[])[] =>
  splitIntoFrames(entries, MAX_EVENTS, MAX_BATCH_SIZE);

/** The memory of an encoded batch, with text and bytes, for each unit of its entries' size. */
const ENCODED_FACTOR = 2;

const encodedBytes = ({ entries }: Batch): number =>
  entries.reduce((bytes, { size }) => bytes + ENCODED_FACTOR * size, 0);

/** The number of batches that are cached for each room. */
const CACHED_BATCHES = 16;

/**
 * The latest batches of a room, by their first and last entry. Many clients resume from the same position, so
 * they share an encoded batch. `forget` is called whenever an entry has changed.
 *
 * Always true: their memory counts in the budget of the backlogs (L4), and all of it is given back at once.
 */
export class Batches implements Holder {
  readonly #room: RoomName;
  readonly #budget: ByteBudget;
  readonly #known = new Map<string, Batch>();
  #bytes = 0;

  constructor(room: RoomName, budget: ByteBudget) {
    this.#room = room;
    this.#budget = budget;
  }

  of(entries: readonly Entry[]): Batch {
    const name = `${entries[0]?.id} ${entries.at(-1)?.id}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const batch = new Batch(this.#room, entries);
    this.#known.set(name, batch);
    this.#bytes += encodedBytes(batch);
    if (this.#known.size > CACHED_BATCHES) {
      for (const [oldest, old] of this.#known) {
        this.#known.delete(oldest);
        this.#bytes -= encodedBytes(old);
        break;
      }
    }
    this.#budget.hold(this, this.#bytes);
    return batch;
  }

  forget(): void {
    this.giveBack();
    this.#budget.hold(this, 0);
  }

  giveBack(): number {
    const given = this.#bytes;
    this.#known.clear();
    this.#bytes = 0;
    return given;
  }

  release(): void {
    this.giveBack();
    this.#budget.release(this);
  }
}
