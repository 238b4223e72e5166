/**
 * Some of a room's entries on their way to every subscriber: encoded once for each transport that asks, and the same bytes for all.
 */
import type { RoomName } from "../../domain/room-name.ts";
import { encodeEvents, list, runs } from "../../wire/encode.ts";
import type { Entry } from "../../wire/event.ts";
import { encodeEventStream } from "../../wire/event-stream.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import { MOST_EVENTS } from "../../wire/protocol.ts";

/** A frame of events grows no longer than this (UTF-16 units), unless a single event is. */
const LONGEST_BATCH = 256 * 1024;

export class Batch {
  readonly room: RoomName;
  readonly entries: readonly Entry[];
  #list: string | undefined;
  #frame: Outgoing | undefined;
  #stream: Outgoing | undefined;

  constructor(room: RoomName, entries: readonly Entry[]) {
    this.room = room;
    this.entries = entries;
  }

  /** As a JSON array, which frames carry. */
  get list(): string {
    this.#list ??= list(this.entries);
    return this.#list;
  }

  /** As one `events` frame. */
  get frame(): Outgoing {
    this.#frame ??= new Outgoing(encodeEvents(this.room, this.list));
    return this.#frame;
  }

  /** As Server-Sent Events (H1). */
  get stream(): Outgoing {
    this.#stream ??= new Outgoing(encodeEventStream(this.entries));
    return this.#stream;
  }
}

/** Entries in runs that one frame carries each. */
export const inFrames = (entries: readonly Entry[]): readonly (readonly Entry[])[] =>
  runs(entries, MOST_EVENTS, LONGEST_BATCH);

/** How many batches are remembered. */
const REMEMBERED = 16;

/**
 * The batches that a room gave out of its memory last, by their first and last entry: whoever resumes from where many others do gets the bytes that
 * they got. They are forgotten whenever an entry has changed.
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
