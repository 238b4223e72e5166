/**
 * A probe client: one user in the probed room. It implements only what the protocol asks of a client:
 * - It remembers its position, and reconnects with backoff after every cut.
 * - After a `goaway` it opens the next connection before it closes the old one (G1).
 * - It sends a post again, with the same key, until there is an `ack`.
 *
 * Each of its connections makes a record of its own: the events of a connection must follow, without a hole,
 * the position that it asked for.
 */
import { backoff } from "../client/connection/backoff.ts";
import { consequenceOf, GIVEN_UP } from "../client/connection/close-codes.ts";
import type { RoomEvent } from "../domain/event.ts";
import type { Head } from "../domain/position.ts";
import { CLOSE } from "../wire/protocol.ts";
import type { Ack, ErrorFrame, Joined } from "../wire/server-frame.ts";
import { Connection } from "./connection.ts";
import type { AckRecord, ClientRecord } from "./oracle.ts";
import type { SharedFrames } from "./shared-frames.ts";
import type { RunStatistics } from "./run-statistics.ts";

/** The time before it repeats a request that was `unavailable`. */
const RETRY_MS = 100;
/** An event that comes this soon after a move counts as received while moving. */
const MOVED_MS = 500;

export interface ProbeClientOptions {
  readonly url: string;
  readonly name: string;
  readonly room: string;
  /** The prefix of the texts of this run. */
  readonly run: string;
  readonly frames: SharedFrames;
  readonly statistics: RunStatistics;
  readonly random: () => number;
}

export class ProbeClient {
  readonly acks: AckRecord[] = [];
  /** Why the server finally refused this client, if it did. */
  fatalError: string | undefined;
  /** Why the last connection ended. */
  lastError = "";
  /** The head of the room at the first join. */
  startHead: Head | undefined;
  readonly #options: ProbeClientOptions;
  readonly #connections: Connection[] = [];
  /** The texts without an `ack`, by key. */
  readonly #pending = new Map<string, string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** The joined connection. Posts are sent here. */
  #current: Connection | undefined;
  /** The connection that has not joined yet, and will become the current one. */
  #next: Connection | undefined;
  #position: Head | undefined;
  #token: string | undefined;
  #user = "";
  #movedAt = -Infinity;
  #failures = 0;
  #closed = false;

  constructor(options: ProbeClientOptions) {
    this.#options = options;
    this.#open();
  }

  get name(): string {
    return this.#options.name;
  }

  get isConnected(): boolean {
    return this.#current !== undefined;
  }

  /** The `seq` up to which it has received all events. */
  get seq(): number {
    return this.#position?.seq ?? 0;
  }

  /** The number of posts without an `ack`. */
  get unanswered(): number {
    return this.#pending.size;
  }

  post(): void {
    const key = crypto.randomUUID();
    const text = `${this.#options.run} ${performance.now()}`;
    this.#pending.set(key, text);
    this.#options.statistics.sent += 1;
    this.#send(key, text);
  }

  /** Cuts its connection, as a network failure does. */
  cut(): void {
    if (this.#current === undefined) return;
    this.#options.statistics.cuts += 1;
    this.#current.cut();
  }

  /** Closes its connections with 1000, and ignores everything that still comes. */
  close(): void {
    this.#closed = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const connection of this.#connections) connection.close(CLOSE.goodbye);
  }

  /** The record of each connection. The last connection must have seen everything. */
  records(): readonly ClientRecord[] {
    return this.#connections.map((connection, nth) => ({
      client: `${this.name}, connection ${nth + 1},`,
      room: this.#options.room,
      observations: connection.observations,
      connectedAtEnd: connection === this.#current,
    }));
  }

  #after(ms: number, act: () => void): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      act();
    }, ms);
    this.#timers.add(timer);
  }

  #open(): void {
    if (this.#closed || this.#next !== undefined) return;
    const { url, room, name, frames } = this.#options;
    const options = { url, room, name, frames, token: this.#token, after: this.#position };
    const connection: Connection = new Connection(options, {
      welcomed: ({ token, user }) => {
        this.#token = token;
        this.#user = user.id;
      },
      joined: (frame) => this.#joined(connection, frame),
      saw: (events, live) => this.#see(events, live),
      acknowledged: (ack) => this.#acknowledge(ack),
      refused: (error) => this.#refused(connection, error),
      askedToGo: (afterMs) =>
        this.#after(afterMs, () => {
          if (connection === this.#current) this.#open();
        }),
      closed: (code, why) => this.#onClosed(connection, code, why),
    });
    this.#connections.push(connection);
    this.#next = connection;
  }

  #joined(connection: Connection, { replay, head, events }: Joined): void {
    this.startHead ??= head;
    // The log diverged or was trimmed: the events received before no longer count.
    if (replay !== "resumed") this.#position = events.length === 0 ? head : undefined;
    if (connection !== this.#next) return;
    const { statistics } = this.#options;
    statistics.connections += 1;
    if (replay === "resumed") statistics.resumes.record(performance.now() - connection.openedAt);
    this.#failures = 0;
    this.#next = undefined;
    if (this.#current !== undefined) {
      statistics.handovers += 1;
      this.#movedAt = performance.now();
    }
    this.#current?.close(GIVEN_UP);
    this.#current = connection;
    for (const [key, text] of this.#pending) this.#send(key, text);
  }

  #see(events: readonly RoomEvent[], live: boolean): void {
    const { statistics, run } = this.#options;
    const now = performance.now();
    const isMoving =
      (this.#current !== undefined && this.#next !== undefined) || now - this.#movedAt < MOVED_MS;
    const lag = isMoving ? statistics.lag.moving : statistics.lag.staying;
    statistics.seen += events.length;
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      this.#position = { id: event.id, seq: event.seq };
      lag.record(statistics.firstArrivals.lag(event.id, event.seq, now));
      if (!live || event.type !== "message.posted" || event.text?.startsWith(`${run} `) !== true) continue;
      statistics.latency.record(now - Number(event.text.slice(run.length + 1)));
    }
  }

  #send(key: string, text: string): void {
    this.#current?.send({ type: "post", ref: key, room: this.#options.room, key, text });
  }

  #acknowledge({ ref: key, room, id, seq }: Ack): void {
    if (!this.#pending.delete(key)) return;
    this.#options.statistics.acknowledged += 1;
    this.acks.push({ client: this.name, user: this.#user, room, key, id, seq });
  }

  #refused(connection: Connection, { ref = "", code, message, retryAfterMs = RETRY_MS }: ErrorFrame): void {
    if (code !== "unavailable" && code !== "rate_limited") {
      this.fatalError ??= `${code}: ${message}`;
      return;
    }
    if (ref === "join") return this.#after(retryAfterMs, () => connection.join());
    this.#after(retryAfterMs, () => {
      const text = this.#pending.get(ref);
      if (text !== undefined) this.#send(ref, text);
    });
  }

  #onClosed(connection: Connection, code: number, why: string): void {
    this.lastError = why === "" ? `the connection was closed with ${code}` : why;
    if (connection === this.#next) this.#next = undefined;
    if (connection === this.#current) {
      this.#current = undefined;
      this.#options.statistics.interruptions += 1;
    }
    const consequence = consequenceOf(code);
    if (consequence.action === "stay away") {
      this.fatalError ??= consequence.message;
      return;
    }
    const isAtOnce = consequence.action === "reconnect at once";
    const delay = isAtOnce ? 0 : backoff(this.#failures, this.#options.random());
    if (!isAtOnce) this.#failures += 1;
    this.#after(delay, () => this.#open());
  }
}
