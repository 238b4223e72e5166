/**
 * One user in the room that is probed. It keeps the client's part of the protocol, and no more: it remembers its position, comes back from every cut with
 * backoff, moves when it is asked to by opening the next connection before it closes the old one (G1), and sends a post again, with its key, until
 * there is an `ack`. Each of its connections is a witness of its own: what a connection is told must follow, without a hole, the position that it asked for.
 */
import { backoff } from "../client/connection/backoff.ts";
import { consequenceOf, GIVEN_UP } from "../client/connection/close-codes.ts";
import type { RoomEvent } from "../domain/event.ts";
import type { Head } from "../domain/position.ts";
import { CLOSE } from "../wire/protocol.ts";
import type { Ack, ErrorFrame, Joined } from "../wire/server-frame.ts";
import { Connection } from "./connection.ts";
import type { Claim, Witness } from "./oracle.ts";
import type { SharedFrames } from "./shared-frames.ts";
import type { Tally } from "./tally.ts";

/** How long it waits before it asks again for what was `unavailable`. */
const RETRY_MS = 100;
/** How long after a move what comes late may still be late because of it. */
const MOVED_MS = 500;

export interface VisitorOptions {
  readonly url: string;
  readonly name: string;
  readonly room: string;
  /** What the texts of this run begin with. */
  readonly run: string;
  readonly frames: SharedFrames;
  readonly tally: Tally;
  readonly random: () => number;
}

export class Visitor {
  readonly claims: Claim[] = [];
  /** Why it stays away, where the server will not have it. */
  offence: string | undefined;
  /** What the network said when a connection ended last. */
  trouble = "";
  /** Where the room stood when it came first. */
  began: Head | undefined;
  readonly #options: VisitorOptions;
  readonly #connections: Connection[] = [];
  /** The texts that have no `ack`, by their keys. */
  readonly #pending = new Map<string, string>();
  readonly #timers = new Set<ReturnType<typeof setTimeout>>();
  /** Joined: what it posts goes out here. */
  #current: Connection | undefined;
  /** On its way to be the current one. */
  #next: Connection | undefined;
  #stands: Head | undefined;
  #token: string | undefined;
  #user = "";
  #movedAt = -Infinity;
  #failed = 0;
  #gone = false;

  constructor(options: VisitorOptions) {
    this.#options = options;
    this.#open();
  }

  get name(): string {
    return this.#options.name;
  }

  get isConnected(): boolean {
    return this.#current !== undefined;
  }

  /** Up to where it has taken everything in. */
  get seq(): number {
    return this.#stands?.seq ?? 0;
  }

  /** How many posts have no `ack` yet. */
  get unanswered(): number {
    return this.#pending.size;
  }

  post(): void {
    const key = crypto.randomUUID();
    const text = `${this.#options.run} ${performance.now()}`;
    this.#pending.set(key, text);
    this.#options.tally.sent += 1;
    this.#send(key, text);
  }

  /** Ends its connection without a word. */
  cut(): void {
    if (this.#current === undefined) return;
    this.#options.tally.cuts += 1;
    this.#current.cut();
  }

  /** Says goodbye, and hears nothing more. */
  close(): void {
    this.#gone = true;
    for (const timer of this.#timers) clearTimeout(timer);
    for (const connection of this.#connections) connection.close(CLOSE.goodbye);
  }

  /** What each of its connections saw; the one that it ended with must have seen everything. */
  witnesses(): readonly Witness[] {
    return this.#connections.map((connection, nth) => ({
      client: `${this.name}, connection ${nth + 1},`,
      room: this.#options.room,
      sightings: connection.sightings,
      stayed: connection === this.#current,
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
    if (this.#gone || this.#next !== undefined) return;
    const { url, room, name, frames } = this.#options;
    const options = { url, room, name, frames, token: this.#token, after: this.#stands };
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
      closed: (code, why) => this.#closed(connection, code, why),
    });
    this.#connections.push(connection);
    this.#next = connection;
  }

  #joined(connection: Connection, { replay, head, events }: Joined): void {
    this.began ??= head;
    // The log was rewound or trimmed: what was taken in before no longer counts.
    if (replay !== "resumed") this.#stands = events.length === 0 ? head : undefined;
    if (connection !== this.#next) return;
    const { tally } = this.#options;
    tally.connections += 1;
    if (replay === "resumed") tally.resumes.record(performance.now() - connection.openedAt);
    this.#failed = 0;
    this.#next = undefined;
    if (this.#current !== undefined) {
      tally.handovers += 1;
      this.#movedAt = performance.now();
    }
    this.#current?.close(GIVEN_UP);
    this.#current = connection;
    for (const [key, text] of this.#pending) this.#send(key, text);
  }

  #see(events: readonly RoomEvent[], live: boolean): void {
    const { tally, run } = this.#options;
    const now = performance.now();
    const isMoving =
      (this.#current !== undefined && this.#next !== undefined) || now - this.#movedAt < MOVED_MS;
    const lag = isMoving ? tally.lag.moving : tally.lag.staying;
    tally.seen += events.length;
    for (const event of events) {
      if (event.seq <= this.seq) continue;
      this.#stands = { id: event.id, seq: event.seq };
      lag.record(tally.arrivals.lag(event.id, event.seq, now));
      if (!live || event.type !== "message.posted" || event.text?.startsWith(`${run} `) !== true) continue;
      tally.latency.record(now - Number(event.text.slice(run.length + 1)));
    }
  }

  #send(key: string, text: string): void {
    this.#current?.send({ type: "post", ref: key, room: this.#options.room, key, text });
  }

  #acknowledge({ ref: key, room, id, seq }: Ack): void {
    if (!this.#pending.delete(key)) return;
    this.#options.tally.acknowledged += 1;
    this.claims.push({ client: this.name, user: this.#user, room, key, id, seq });
  }

  #refused(connection: Connection, { ref = "", code, message, retryAfterMs = RETRY_MS }: ErrorFrame): void {
    if (code !== "unavailable" && code !== "rate_limited") {
      this.offence ??= `${code}: ${message}`;
      return;
    }
    if (ref === "join") return this.#after(retryAfterMs, () => connection.join());
    this.#after(retryAfterMs, () => {
      const text = this.#pending.get(ref);
      if (text !== undefined) this.#send(ref, text);
    });
  }

  #closed(connection: Connection, code: number, why: string): void {
    this.trouble = why === "" ? `the connection was closed with ${code}` : why;
    if (connection === this.#next) this.#next = undefined;
    if (connection === this.#current) {
      this.#current = undefined;
      this.#options.tally.interruptions += 1;
    }
    const consequence = consequenceOf(code);
    if (consequence.action === "stay away") {
      this.offence ??= consequence.message;
      return;
    }
    const isAtOnce = consequence.action === "reconnect at once";
    const delay = isAtOnce ? 0 : backoff(this.#failed, this.#options.random());
    if (!isAtOnce) this.#failed += 1;
    this.#after(delay, () => this.#open());
  }
}
