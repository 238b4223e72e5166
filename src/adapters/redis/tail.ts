/**
 * The port LogTail on Redis: distributes the followed rooms over readers. A reader serves up to 256 rooms of
 * one group of partitions.
 */
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { ConnectionContext } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Keys } from "./keys.ts";
import type { Locator } from "./locator.ts";
import { TailReader, type Follower, type OnEntries, type TailReports } from "./tail-reader.ts";

const MAX_ROOMS = 256;

export class Tail {
  readonly #context: ConnectionContext;
  readonly #locator: Locator;
  readonly #commands: Connections;
  readonly #keys: Keys;
  readonly #reports: TailReports;
  readonly #name = crypto.randomUUID();
  /** The readers of each group. */
  readonly #readers = new Map<number, TailReader[]>();

  constructor(
    context: ConnectionContext,
    locator: Locator,
    commands: Connections,
    keys: Keys,
    reports: TailReports,
  ) {
    this.#context = context;
    this.#locator = locator;
    this.#commands = commands;
    this.#keys = keys;
    this.#reports = reports;
  }

  readonly follow = (room: RoomName, from: Position, onEntries: OnEntries): (() => void) => {
    const { log, partition } = this.#keys.room(room);
    const follower: Follower = { log, position: from, onEntries };
    const reader = this.#readerFor(log, partition);
    reader.add(follower);
    return () => reader.remove(follower);
  };

  /** Throws if a reader is stalled. */
  check(): void {
    for (const readers of this.#readers.values()) for (const reader of readers) reader.check();
  }

  close(): void {
    for (const readers of this.#readers.values()) for (const reader of readers) reader.close();
  }

  #readerFor(log: string, partition: number): TailReader {
    const group = this.#commands.groupOf(partition);
    const readers = this.#readers.get(group) ?? [];
    this.#readers.set(group, readers);
    const free = readers.find((reader) => reader.size < MAX_ROOMS && !reader.has(log));
    if (free !== undefined) return free;
    const reader = new TailReader(
      this.#context,
      this.#locator.place(group),
      this.#commands.of(partition),
      this.#keys.control(group, `${this.#name}-${readers.length}`),
      this.#reports,
    );
    readers.push(reader);
    return reader;
  }
}
