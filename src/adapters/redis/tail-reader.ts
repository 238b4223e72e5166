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
 * - A stream that can't be read (a key of the wrong type, a malformed entry) stops only its own follower,
 *   which is reported once and tried again every few seconds.
 */
import { START, type Position } from "../../domain/position.ts";
import type { Entry } from "../../log/entry.ts";
import { Connection, jittered, NotConnected, type ConnectionContext } from "./connection.ts";
import { isMoving } from "./redirection.ts";
import type { Place } from "./locator.ts";
import { entriesIn, textIn, UNEXPECTED_REPLY } from "./reply.ts";

/** Short, so that a reader whose connection is silently dead is noticed within seconds. */
const BLOCK_MS = 2_000;
const SLACK_MS = 1_500;
/** A reader that gets no reply for this time, not even an empty one, is stalled. */
const STANDS_STILL_MS = 4_000;
/** The maximum of entries that a read takes from a stream. It bounds the size of a reply. */
const MAX_ENTRIES = 200;
const MAX_BACKOFF_MS = 2_000;
const CONTROL_TTL_S = 60;
/** The time between reads while a slot of a cluster moves. */
const WHILE_MOVING_MS = 100;
/** The time until a stream that could not be read is tried again. */
const UNREADABLE_MS = 3_000;

export type OnEntries = (entries: readonly Entry[]) => void;

export interface Follower {
  readonly log: string;
  readonly onEntries: OnEntries;
  position: Position;
}

export interface TailReports {
  /** The reader can't read anything. Called once until it reads again. */
  readonly onFault: (cause: unknown) => void;
  /** A stream can't be read. Called once until it can. */
  readonly onUnreadable: (log: string, cause: unknown) => void;
}

/** The reader may have a connection, but its reads get no reply. */
export class StandsStill extends Error {
  override readonly name = "StandsStill";
}

type Items = readonly unknown[];

/** Whether the stream itself is the reason why it can't be read. */
const isFaultOfStream = (error: unknown): boolean =>
  error instanceof Error &&
  (error.message.startsWith("WRONGTYPE") || error.message.startsWith(UNEXPECTED_REPLY));

const isReply = (error: unknown): boolean => error instanceof Error && error.name === "ReplyError";

export class TailReader {
  readonly #connection: Connection;
  /** Reads single streams, and wakes the blocking read. */
  readonly #commands: Connection;
  readonly #reports: TailReports;
  readonly #control: string;
  readonly #followers = new Map<string, Follower>();
  /** The followers whose stream can't be read, and when to try it again. */
  readonly #unreadable = new Map<Follower, number>();
  #controlAt = "0-0";
  #reading = false;
  #failures = 0;
  #readAt = performance.now();
  #closed = false;

  constructor(
    context: ConnectionContext,
    place: Place,
    commands: Connection,
    control: string,
    reports: TailReports,
  ) {
    this.#connection = new Connection(context, {
      name: "the tail of the log",
      place,
      callTimeoutMs: BLOCK_MS + SLACK_MS,
      // A blocking read must not be made again with less time than it blocks.
      repeatsMovedCalls: false,
    });
    this.#commands = commands;
    this.#reports = reports;
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
    this.#unreadable.delete(follower);
  }

  /** Throws if the reader is stalled. */
  check(): void {
    if (performance.now() - this.#readAt < STANDS_STILL_MS) return;
    throw new StandsStill("the tail of the log stands still");
  }

  close(): void {
    this.#closed = true;
    this.#followers.clear();
    this.#connection.close();
  }

  #wake(): void {
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
    while (!this.#closed) {
      try {
        await this.#retryUnreadable();
        await this.#readAll().catch((error: unknown) => {
          if (!isReply(error)) throw error;
          // One stream may be the reason. Each is read on its own to find out.
          return this.#readEach([...this.#readable()], error);
        });
        this.#failures = 0;
        this.#readAt = performance.now();
      } catch (error) {
        if (this.#closed) return;
        await this.#backOff(error);
      }
    }
  }

  async #backOff(error: unknown): Promise<void> {
    if (!this.#connection.ready) return this.#connection.settled(MAX_BACKOFF_MS);
    if (this.#failures === 0 && !(error instanceof NotConnected)) this.#reports.onFault(error);
    this.#failures += 1;
    const waitMs = jittered(this.#failures, MAX_BACKOFF_MS);
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }

  *#readable(): Iterable<Follower> {
    for (const follower of this.#followers.values()) if (!this.#unreadable.has(follower)) yield follower;
  }

  async #readAll(): Promise<void> {
    const asked = new Map(Array.from(this.#readable(), (follower) => [follower.log, follower]));
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
        else this.#deliverOrSetAside(asked.get(log), items);
      }
    } finally {
      this.#reading = false;
    }
  }

  /** Reads each stream on its own, without blocking. Throws `failure` if none is the reason for it. */
  async #readEach(followers: readonly Follower[], failure: unknown): Promise<void> {
    const results = await Promise.allSettled(followers.map((follower) => this.#readOne(follower)));
    const faults = results.flatMap((result) =>
      result.status === "rejected" && !isFaultOfStream(result.reason) ? [result.reason] : [],
    );
    if (faults.length > 0) throw faults[0];
    if (followers.some((follower) => this.#unreadable.has(follower))) return;
    if (!isMoving(failure)) throw failure;
    // The streams can be read one by one until their slot has moved.
    await new Promise((resolve) => setTimeout(resolve, WHILE_MOVING_MS));
  }

  async #readOne(follower: Follower): Promise<void> {
    try {
      const reply = await this.#commands.call((redis) =>
        redis.xread("COUNT", MAX_ENTRIES, "STREAMS", follower.log, follower.position),
      );
      this.#deliver(follower, reply?.[0]?.[1] ?? []);
    } catch (error) {
      if (isFaultOfStream(error)) this.#setAside(follower, error);
      throw error;
    }
  }

  async #retryUnreadable(): Promise<void> {
    const now = performance.now();
    const due = [...this.#unreadable].filter(([, at]) => at <= now);
    await Promise.all(due.map(([follower]) => this.#retry(follower)));
  }

  async #retry(follower: Follower): Promise<void> {
    try {
      await this.#readOne(follower);
      this.#unreadable.delete(follower);
    } catch {
      // It stays set aside until the next attempt.
      if (this.#unreadable.has(follower)) this.#unreadable.set(follower, performance.now() + UNREADABLE_MS);
    }
  }

  #deliverOrSetAside(follower: Follower | undefined, items: Items): void {
    try {
      this.#deliver(follower, items);
    } catch (error) {
      if (follower === undefined || !isFaultOfStream(error)) throw error;
      this.#setAside(follower, error);
    }
  }

  #setAside(follower: Follower, cause: unknown): void {
    if (this.#followers.get(follower.log) !== follower) return;
    if (!this.#unreadable.has(follower)) this.#reports.onUnreadable(follower.log, cause);
    this.#unreadable.set(follower, performance.now() + UNREADABLE_MS);
  }

  /** Throws if an entry is malformed. */
  #deliver(follower: Follower | undefined, items: Items): void {
    if (follower === undefined || items.length === 0) return;
    if (this.#followers.get(follower.log) !== follower) return;
    const entries = entriesIn(items, follower.position);
    follower.position = entries.at(-1)?.id ?? START;
    follower.onEntries(entries);
  }
}
