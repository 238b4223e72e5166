/**
 * Some of a room's entries on their way to every subscriber: encoded once for each transport that asks, and the same bytes for all.
 */
import type { RoomName } from "../domain/room-name.ts";
import { encodeEvents, runs } from "../wire/encode.ts";
import type { Entry } from "../wire/event.ts";
import { encodeEventStream } from "../wire/event-stream.ts";
import { Outgoing } from "../wire/outgoing.ts";
import { MOST_EVENTS } from "../wire/protocol.ts";

/** A frame of events grows no longer than this (UTF-16 units), unless a single event is. */
const LONGEST_BATCH = 256 * 1024;

export class Batch {
  readonly room: RoomName;
  readonly entries: readonly Entry[];
  #frame: Outgoing | undefined;
  #stream: Outgoing | undefined;

  constructor(room: RoomName, entries: readonly Entry[]) {
    this.room = room;
    this.entries = entries;
  }

  /** As one `events` frame. */
  get frame(): Outgoing {
    this.#frame ??= new Outgoing(encodeEvents(this.room, this.entries));
    return this.#frame;
  }

  /** As Server-Sent Events (H1). */
  get stream(): Outgoing {
    this.#stream ??= new Outgoing(encodeEventStream(this.entries));
    return this.#stream;
  }
}

/** Entries as batches of bounded size. */
export const batches = (room: RoomName, entries: readonly Entry[]): readonly Batch[] =>
  runs(entries, MOST_EVENTS, LONGEST_BATCH).map((run) => new Batch(room, run));

/** As many of the first entries as one frame carries. */
export const firstRun = (entries: readonly Entry[]): readonly Entry[] =>
  runs(entries, MOST_EVENTS, LONGEST_BATCH)[0] ?? [];
