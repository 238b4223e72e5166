/**
 * An event stream over HTTP (H1). It reads one room, and its reader is not a member. It has no timer of its
 * own: the instance's clock sends its heartbeats and ends it. The client then resumes from `Last-Event-ID`.
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
import { Liveness, type Outlet } from "./liveness.ts";
import type { OpenConnection } from "./open-connection.ts";

/** The interface that an event stream needs of its response. */
export interface StreamSink extends Outlet {
  readonly write: (chunk: Outgoing) => void;
  /** Ends the response after what is unsent. */
  readonly end: () => void;
  /** Ends the response at once, because its reader reads nothing. */
  readonly terminate: () => void;
}

export interface StreamOptions {
  readonly connection: ConnectionId;
  readonly sink: StreamSink;
  readonly caller: Caller;
  readonly lifetime: Lifetime;
  readonly heartbeatMs: number;
  readonly slowReaderBytes: number;
  /** Called once when the stream has ended, for any reason. */
  readonly onEnded: (stream: EventStream) => void;
}

const EVENT_STREAM: BatchEncoder = (_, entries) => new Outgoing(encodeEventStream(entries));
const HEARTBEAT = new Outgoing(STREAM_HEARTBEAT);
/** The time in ms after which a reader reconnects. */
const RETRY = "retry: 1000\n\n";
const NO_PRESENCES: readonly Presence[] = [];

export class EventStream implements Subscriber, OpenConnection {
  readonly connection: ConnectionId;
  readonly ready = true;
  /** Holds the subscription. */
  readonly scope = Scope.makeUnsafe();
  readonly #options: StreamOptions;
  cursor: Cursor | undefined;
  readonly #liveness: Liveness;
  #nextHeartbeatAt: number;
  #ended = false;

  constructor(options: StreamOptions) {
    this.connection = options.connection;
    this.#options = options;
    this.#liveness = new Liveness(options.sink, options.lifetime.openedAt);
    this.#nextHeartbeatAt = options.lifetime.openedAt + options.heartbeatMs;
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
    // Only members get signals and counts.
  }

  presences(): readonly Presence[] {
    return NO_PRESENCES;
  }

  /** The reader has read everything that was sent. */
  drained(): void {
    this.cursor?.onDrained?.();
  }

  tick(now: number, stalledMs: number): void {
    if (this.#ended) return;
    this.#liveness.stalled(stalledMs, now);
    const { lifetime, caller, heartbeatMs } = this.#options;
    // A reader resumes by itself, so its stream ends when it is due to move.
    if (lifetime.isDueToMove(now) || lifetime.due(now, caller.expiresAt) !== undefined) return this.end();
    if (now < this.#nextHeartbeatAt) return;
    this.#nextHeartbeatAt = now + heartbeatMs;
    this.#liveness.look(now, true);
    if (this.#liveness.isStuck(now, heartbeatMs)) return this.cut();
    if (!this.congested) this.#write(HEARTBEAT);
  }

  cut(): void {
    if (this.#ended) return;
    this.#options.sink.terminate();
    this.end();
  }

  goAway(goAway: GoAway, now: number): void {
    this.#options.lifetime.ask(goAway, now);
  }

  endForShutdown(): void {
    this.end();
  }

  /** Ends the stream, from this side or because the reader is gone. */
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
