/**
 * Entries of a room on their way to every subscriber. Each transport hands in its encoder; a batch is encoded once for
 * each encoder, and every subscriber gets the same bytes.
 */
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import { splitIntoFrames } from "../../wire/encode.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import { MAX_EVENTS } from "../../wire/protocol.ts";

/** A frame of events grows no longer than this (UTF-16 units), unless a single event is longer. */
const LONGEST_BATCH = 256 * 1024;

/** How a transport writes entries. One constant for each format: a batch remembers results by the encoder itself. */
export type BatchEncoder = (room: RoomName, entries: readonly Entry[]) => Outgoing;

export class Batch {
  readonly room: RoomName;
  readonly entries: readonly Entry[];
  // Almost every batch is encoded by one encoder: the others, if any, are in the map.
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

/** Entries in runs that fit into one frame each. */
export const inFrames = (entries: readonly Entry[]): readonly (readonly Entry[])[] =>
  splitIntoFrames(entries, MAX_EVENTS, LONGEST_BATCH);

/** How many batches are remembered. */
const REMEMBERED = 16;

/**
 * The batches that a room gave out of its memory last, by their first and last entry: many clients resume from the same
 * position, and share one encoding. `forget` is called whenever an entry has changed.
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
    if (this.#known.size > REMEMBERED) {
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
