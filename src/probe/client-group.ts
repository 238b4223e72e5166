/**
 * A group of probe clients in one room. They post at a constant rate and record what they see. The caller
 * decides which faults the service gets meanwhile.
 */
import type { Head } from "../domain/position.ts";
import type { AckRecord, ClientRecord } from "./oracle.ts";
import { SharedFrames } from "./shared-frames.ts";
import { RunStatistics } from "./run-statistics.ts";
import { ProbeClient } from "./probe-client.ts";

/** The interval at which it checks whether posts are due, and whether an awaited condition holds. */
const CHECK_EVERY_MS = 10;

export interface ClientGroupOptions {
  /** `ws://…/ws` or `wss://…/ws`. */
  readonly url: string;
  readonly room: string;
  readonly clients: number;
  /** A random number in [0, 1). */
  readonly random: () => number;
}

export class ClientGroup {
  readonly statistics = new RunStatistics();
  readonly clients: readonly ProbeClient[];
  readonly #random: () => number;

  constructor({ url, room, clients, random }: ClientGroupOptions) {
    this.#random = random;
    const frames = new SharedFrames();
    const run = crypto.randomUUID();
    this.clients = Array.from(
      { length: clients },
      (_, nth) =>
        new ProbeClient({
          url,
          room,
          run,
          frames,
          random,
          statistics: this.statistics,
          name: `Probe ${nth + 1}`,
        }),
    );
  }

  /** The head of the room at the start of this run. Undefined if no client has joined. */
  get startHead(): Head | undefined {
    return this.clients
      .flatMap(({ startHead }) => startHead ?? [])
      .reduce<Head | undefined>(
        (least, head) => (least === undefined || head.seq < least.seq ? head : least),
        undefined,
      );
  }

  /** Why the server finally refused a client. Undefined if it refused none. */
  get fatalError(): string | undefined {
    return this.clients.find(({ fatalError }) => fatalError !== undefined)?.fatalError;
  }

  /** Why some client is not in the room. */
  get problem(): string {
    const missing = this.clients.find(({ isConnected }) => !isConnected);
    return this.fatalError ?? (missing?.lastError || "no answer came");
  }

  get connected(): number {
    return this.clients.filter(({ isConnected }) => isConnected).length;
  }

  get unanswered(): number {
    return this.clients.reduce((sum, { unanswered }) => sum + unanswered, 0);
  }

  /** Waits until all clients have joined. False if the time is over first, or if a client was refused. */
  allJoined(withinMs: number): Promise<boolean> {
    return this.#waitFor(() => this.connected === this.clients.length, withinMs);
  }

  /** Waits until every post is answered. False if the time is over first. */
  allAnswered(withinMs: number): Promise<boolean> {
    return this.#waitFor(() => this.unanswered === 0, withinMs);
  }

  /** Waits until all clients have received all events up to `seq`. False if the time is over first. */
  allReached(seq: number, withinMs: number): Promise<boolean> {
    return this.#waitFor(() => this.clients.every((client) => client.seq >= seq), withinMs);
  }

  /** Posts this many messages a second from random clients. Returns a function that stops it. */
  post(perSecond: number): () => void {
    const startedAt = performance.now();
    let posted = 0;
    const timer = setInterval(() => {
      const due = ((performance.now() - startedAt) / 1_000) * perSecond;
      for (; posted < due; posted += 1) this.#randomClient().post();
    }, CHECK_EVERY_MS);
    return () => clearInterval(timer);
  }

  /** Cuts the connection of a random client. */
  cutRandom(): void {
    this.#randomClient().cut();
  }

  close(): void {
    for (const client of this.clients) client.close();
  }

  records(): readonly ClientRecord[] {
    return this.clients.flatMap((client) => client.records());
  }

  acks(): readonly AckRecord[] {
    return this.clients.flatMap(({ acks }) => acks);
  }

  #randomClient(): ProbeClient {
    const client = this.clients[Math.floor(this.#random() * this.clients.length)];
    if (client === undefined) throw new Error("the group has no clients");
    return client;
  }

  #waitFor(condition: () => boolean, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    return new Promise((resolve) => {
      const check = (): void => {
        if (condition()) return resolve(true);
        if (performance.now() >= deadline || this.fatalError !== undefined) return resolve(false);
        setTimeout(check, CHECK_EVERY_MS);
      };
      check();
    });
  }
}
