/**
 * An event stream over HTTP (H1): a reader of one room, and a member of none. It has no timer of its own; the instance's
 * clock sends its heartbeats and ends it, and its client resumes from `Last-Event-ID`.
 */
import { Exit, Scope, type Effect } from "effect";
import type { GoAway } from "../../domain/going-away.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import { encodeEventStream, encodeReset, STREAM_HEARTBEAT } from "../../wire/event-stream.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import type { Caller } from "../admission/admission.ts";
import type { Batch, BatchEncoder } from "../fan-out/batch.ts";
import type { Cursor, Start, Subscriber } from "../fan-out/cursor.ts";
import type { Presence } from "../ports/presence-board.ts";
import type { Lifetime } from "./lifetime.ts";
import type { OpenConnection } from "./open-connection.ts";

/** What an event stream needs of the response that it is written to. */
export interface StreamSink {
  /** Bytes that the reader has not taken in. */
  readonly unsent: number;
  readonly write: (chunk: Outgoing) => void;
  readonly end: () => void;
}

export interface StreamOptions {
  readonly connection: ConnectionId;
  readonly sink: StreamSink;
  readonly caller: Caller;
  readonly lifetime: Lifetime;
  readonly heartbeatMs: number;
  readonly slowReaderBytes: number;
  /** Called once, when the stream has ended for whatever reason. */
  readonly onEnded: (stream: EventStream) => void;
}

const EVENT_STREAM: BatchEncoder = (_, entries) => new Outgoing(encodeEventStream(entries));
const HEARTBEAT = new Outgoing(STREAM_HEARTBEAT);
/** How long a reader waits before it comes back, in ms. */
const RETRY = "retry: 1000\n\n";
const NO_PRESENCES: readonly Presence[] = [];

export class EventStream implements Subscriber, OpenConnection {
  readonly connection: ConnectionId;
  readonly ready = true;
  /** Holds the subscription. */
  readonly scope = Scope.makeUnsafe();
  readonly #options: StreamOptions;
  cursor: Cursor | undefined;
  #beatAt: number;
  #ended = false;

  constructor(options: StreamOptions) {
    this.connection = options.connection;
    this.#options = options;
    this.#beatAt = options.lifetime.openedAt + options.heartbeatMs;
  }

  get unsent(): number {
    return this.#options.sink.unsent;
  }

  get congested(): boolean {
    return this.unsent > this.#options.slowReaderBytes;
  }

  get ended(): boolean {
    return this.#ended;
  }

  start(start: Start): void {
    const reset = start.replay === "reset" ? encodeReset(start.reason) : "";
    this.#write(new Outgoing(RETRY + reset));
    if (start.batch.entries.length > 0) this.#write(start.batch.encoded(EVENT_STREAM));
  }

  events(batch: Batch): void {
    this.#write(batch.encoded(EVENT_STREAM));
  }

  notice(): void {
    // Signals and counts are for members.
  }

  presences(): readonly Presence[] {
    return NO_PRESENCES;
  }

  /** The reader has taken in what it was sent. */
  drained(): void {
    this.cursor?.onDrained?.();
  }

  tick(now: number): void {
    if (this.#ended) return;
    const { lifetime, caller, heartbeatMs } = this.#options;
    // A reader resumes by itself: when it is due to move, its stream ends.
    if (lifetime.isDueToMove(now) || lifetime.due(now, caller.expiresAt) !== undefined) return this.end();
    if (now < this.#beatAt) return;
    this.#beatAt = now + heartbeatMs;
    if (!this.congested) this.#write(HEARTBEAT);
  }

  goAway(goAway: GoAway, now: number): void {
    this.#options.lifetime.ask(goAway, now);
  }

  endForShutdown(): void {
    this.end();
  }

  /** Ends the stream, from whichever side. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#options.sink.end();
    this.#options.onEnded(this);
  }

  /** Releases the subscription. */
  close(): Effect.Effect<void> {
    return Scope.close(this.scope, Exit.void);
  }

  #write(chunk: Outgoing): void {
    if (!this.#ended) this.#options.sink.write(chunk);
  }
}
