/**
 * Visitors in one room who post at an even rate, and what becomes of it. Who drives it decides what is done to the service meanwhile.
 */
import type { Head } from "../domain/position.ts";
import type { Claim, Witness } from "./oracle.ts";
import { SharedFrames } from "./shared-frames.ts";
import { Tally } from "./tally.ts";
import { Visitor } from "./visitor.ts";

/** How often it is looked whether posts are due, and whether what is waited for is there. */
const LOOK_EVERY_MS = 10;

export interface CrowdOptions {
  /** `ws://…/ws` or `wss://…/ws`. */
  readonly url: string;
  readonly room: string;
  readonly clients: number;
  /** In [0, 1). */
  readonly random: () => number;
}

export class Crowd {
  readonly tally = new Tally();
  readonly visitors: readonly Visitor[];
  readonly #random: () => number;

  constructor({ url, room, clients, random }: CrowdOptions) {
    this.#random = random;
    const frames = new SharedFrames();
    const run = crypto.randomUUID();
    this.visitors = Array.from(
      { length: clients },
      (_, nth) =>
        new Visitor({ url, room, run, frames, random, tally: this.tally, name: `Probe ${nth + 1}` }),
    );
  }

  /** Where the room stood before anything of this run; undefined where nobody has joined. */
  get began(): Head | undefined {
    return this.visitors
      .flatMap(({ began }) => began ?? [])
      .reduce<Head | undefined>(
        (least, head) => (least === undefined || head.seq < least.seq ? head : least),
        undefined,
      );
  }

  /** Why somebody was refused for good; undefined where nobody was. */
  get offence(): string | undefined {
    return this.visitors.find(({ offence }) => offence !== undefined)?.offence;
  }

  /** What stands in the way of those who are not in the room. */
  get trouble(): string {
    const missing = this.visitors.find(({ isConnected }) => !isConnected);
    return this.offence ?? (missing?.trouble || "no answer came");
  }

  get connected(): number {
    return this.visitors.filter(({ isConnected }) => isConnected).length;
  }

  get unanswered(): number {
    return this.visitors.reduce((sum, { unanswered }) => sum + unanswered, 0);
  }

  /** Waits until everybody is in the room. False where somebody was not by then, or was refused. */
  gathered(withinMs: number): Promise<boolean> {
    return this.#until(() => this.connected === this.visitors.length, withinMs);
  }

  /** Waits until every post has been answered. False where one was not by then. */
  answered(withinMs: number): Promise<boolean> {
    return this.#until(() => this.unanswered === 0, withinMs);
  }

  /** Waits until everybody has taken in everything up to a `seq`. False where somebody had not by then. */
  reached(seq: number, withinMs: number): Promise<boolean> {
    return this.#until(() => this.visitors.every((visitor) => visitor.seq >= seq), withinMs);
  }

  /** Posts so many messages a second, from whichever visitors chance picks, until the answer is called. */
  post(perSecond: number): () => void {
    const began = performance.now();
    let posted = 0;
    const timer = setInterval(() => {
      const due = ((performance.now() - began) / 1_000) * perSecond;
      for (; posted < due; posted += 1) this.#one().post();
    }, LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }

  /** Cuts a connection, whichever chance picks. */
  cutOne(): void {
    this.#one().cut();
  }

  close(): void {
    for (const visitor of this.visitors) visitor.close();
  }

  witnesses(): readonly Witness[] {
    return this.visitors.flatMap((visitor) => visitor.witnesses());
  }

  claims(): readonly Claim[] {
    return this.visitors.flatMap(({ claims }) => claims);
  }

  #one(): Visitor {
    const visitor = this.visitors[Math.floor(this.#random() * this.visitors.length)];
    if (visitor === undefined) throw new Error("there is nobody in this crowd");
    return visitor;
  }

  #until(holds: () => boolean, withinMs: number): Promise<boolean> {
    const deadline = performance.now() + withinMs;
    return new Promise((resolve) => {
      const look = (): void => {
        if (holds()) return resolve(true);
        if (performance.now() >= deadline || this.offence !== undefined) return resolve(false);
        setTimeout(look, LOOK_EVERY_MS);
      };
      look();
    });
  }
}
