/**
 * Batches: entries of a room on their way to the subscribers. Each transport has an encoder of its own. A
 * batch is encoded once for each encoder, and all subscribers get the same bytes.
 */
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

/** The number of batches that are cached for each room. */
const CACHED_BATCHES = 16;

/**
 * The latest batches of a room, by their first and last entry. Many clients resume from the same position, so
 * they share an encoded batch. `forget` is called whenever an entry has changed.
 */
export class Batches {
  readonly #room: RoomName;
  readonly #known = new Map<string, Batch>();

  constructor(room: RoomName) {
    this.#room = room;
  }

  of(entries: readonly Entry[]): Batch {
    const name = `${entries[0]?.id} ${entries.at(-1)?.id}`;
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    const batch = new Batch(this.#room, entries);
    this.#known.set(name, batch);
    if (this.#known.size > CACHED_BATCHES) {
      for (const oldest of this.#known.keys()) {
        this.#known.delete(oldest);
        break;
      }
    }
    return batch;
  }

  forget(): void {
    this.#known.clear();
  }
}
