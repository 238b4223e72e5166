/**
 * The port LogTail on Redis: distributes the followed rooms over readers. A reader serves up to 256 rooms.
 */
import type { Position } from "../../domain/position.ts";
import type { Connection } from "./connection.ts";
import type { Keys } from "./keys.ts";
import type { RedisOptions } from "./options.ts";
import { TailReader, type Follower, type OnEntries } from "./tail-reader.ts";

const MAX_ROOMS = 256;

export class Tail {
  readonly #options: Pick<RedisOptions, "url" | "tls">;
  readonly #commands: Connection;
  readonly #keys: Keys;
  readonly #onFault: (cause: unknown) => void;
  readonly #name = crypto.randomUUID();
  readonly #readers: TailReader[] = [];

  constructor(
    options: Pick<RedisOptions, "url" | "tls">,
    commands: Connection,
    keys: Keys,
    onFault: (cause: unknown) => void,
  ) {
    this.#options = options;
    this.#commands = commands;
    this.#keys = keys;
    this.#onFault = onFault;
  }

  get readers(): number {
    return this.#readers.length;
  }

  follow(log: string, from: Position, onEntries: OnEntries): () => void {
    const follower: Follower = { log, position: from, onEntries };
    const reader = this.#readerFor(log);
    reader.add(follower);
    return () => reader.remove(follower);
  }

  close(): void {
    for (const reader of this.#readers) reader.close();
  }

  #readerFor(log: string): TailReader {
    const free = this.#readers.find((reader) => reader.size < MAX_ROOMS && !reader.has(log));
    if (free !== undefined) return free;
    const control = this.#keys.control(0, `${this.#name}-${this.#readers.length}`);
    const reader = new TailReader(this.#options, this.#commands, control, this.#onFault);
    this.#readers.push(reader);
    return reader;
  }
}
