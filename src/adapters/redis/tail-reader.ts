/**
 * A blocking reader of many streams. It has a connection of its own, which is always in XREAD. It reads each
 * stream from its last position, never from "now".
 *
 * Always true:
 * - A follower gets everything after its position once and in order, across all failures.
 * - A batch goes only to the follower for which it was read, and to none if that one has stopped.
 * - A stream has at most one follower in a reader; `tail.ts` gives a second follower to another reader.
 * - A new follower wakes the reader through a control stream. If that fails, the end of the blocking read
 *   does.
 */
import { START, type Position } from "../../domain/position.ts";
import type { Entry } from "../../log/entry.ts";
import { Connection, jittered } from "./connection.ts";
import type { RedisOptions } from "./options.ts";
import { entriesIn, textIn } from "./reply.ts";

/** Never 0, because the network drops connections that are silent for minutes. */
const BLOCK_MS = 5_000;
const SLACK_MS = 2_000;
/** The maximum of entries that a read takes from a stream. It bounds the size of a reply. */
const MAX_ENTRIES = 200;
const MAX_BACKOFF_MS = 2_000;
const CONTROL_TTL_S = 60;

export type OnEntries = (entries: readonly Entry[]) => void;

export interface Follower {
  readonly log: string;
  readonly onEntries: OnEntries;
  position: Position;
}

export class TailReader {
  readonly #connection: Connection;
  readonly #commands: Connection;
  readonly #onFault: (cause: unknown) => void;
  readonly #control: string;
  readonly #followers = new Map<string, Follower>();
  #controlAt = "0-0";
  #reading = false;
  #changed = Promise.withResolvers<void>();
  #closed = false;

  constructor(
    options: Pick<RedisOptions, "url" | "tls">,
    commands: Connection,
    control: string,
    onFault: (cause: unknown) => void,
  ) {
    this.#connection = new Connection(options, [], {}, BLOCK_MS + SLACK_MS);
    this.#commands = commands;
    this.#onFault = onFault;
    this.#control = control;
    void this.#run();
  }

  get size(): number {
    return this.#followers.size;
  }

  has(log: string): boolean {
    return this.#followers.has(log);
  }

  add(follower: Follower): void {
    this.#followers.set(follower.log, follower);
    this.#wake();
  }

  remove(follower: Follower): void {
    // The reader need not wake: a batch that it still reads for this follower is dropped.
    if (this.#followers.get(follower.log) === follower) this.#followers.delete(follower.log);
  }

  close(): void {
    this.#closed = true;
    this.#followers.clear();
    this.#changed.resolve();
    this.#connection.close();
  }

  #wake(): void {
    this.#changed.resolve();
    if (!this.#reading) return;
    this.#reading = false; // Waking once for each read is enough.
    this.#commands
      .call((redis) =>
        Promise.all([
          redis.xadd(this.#control, "MAXLEN", 1, "*", "w", ""),
          redis.expire(this.#control, CONTROL_TTL_S),
        ]),
      )
      .catch(() => undefined);
  }

  async #run(): Promise<void> {
    for (let failures = 0; !this.#closed;) {
      try {
        // Renewed before each check, so that an earlier change wakes nothing.
        this.#changed = Promise.withResolvers();
        if (this.#followers.size === 0) await this.#changed.promise;
        else await this.#read();
        failures = 0;
      } catch (error) {
        if (this.#closed) return;
        failures += 1;
        if (this.#connection.ready) {
          this.#onFault(error);
          await new Promise((resolve) => setTimeout(resolve, jittered(failures, MAX_BACKOFF_MS)));
        } else await this.#connection.settled(MAX_BACKOFF_MS);
      }
    }
  }

  async #read(): Promise<void> {
    const asked = new Map(this.#followers);
    const positions = Array.from(asked.values(), (follower) => follower.position);
    this.#reading = true;
    try {
      const reply = await this.#connection.call((redis) =>
        redis.xread(
          "COUNT",
          MAX_ENTRIES,
          "BLOCK",
          BLOCK_MS,
          "STREAMS",
          this.#control,
          ...asked.keys(),
          this.#controlAt,
          ...positions,
        ),
      );
      for (const [log, items] of reply ?? []) {
        if (log === this.#control) this.#controlAt = textIn(items.at(-1)?.[0]);
        else this.#deliver(asked.get(log), items);
      }
    } finally {
      this.#reading = false;
    }
  }

  #deliver(follower: Follower | undefined, items: unknown): void {
    if (follower === undefined || this.#followers.get(follower.log) !== follower) return;
    const entries = entriesIn(items, follower.position);
    follower.position = entries.at(-1)?.id ?? START;
    follower.onEntries(entries);
  }
}
