/**
 * Whether the client at the other end of a connection is there (W6), and takes in what it was sent (D8). The instance's
 * clock looks once a heartbeat.
 *
 * Always true:
 * - A client is stuck only if bytes were waiting for it during two whole heartbeats, and it took in none of them.
 * - A client is silent only if nothing came from it for two heartbeats, and it took in nothing either.
 * - The time in which this process stood still does not count.
 */
export interface Outlet {
  /** Bytes that have not left this process yet. */
  readonly unsent: number;
  /** Bytes that the operating system has taken over, since the connection was opened. */
  readonly taken: number;
}

export class Liveness {
  readonly #outlet: Outlet;
  #taken = 0;
  #tookInAt: number;
  #heardAt: number;

  constructor(outlet: Outlet, now: number) {
    this.#outlet = outlet;
    this.#tookInAt = now;
    this.#heardAt = now;
  }

  /** Anything came, a pong too. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** This process stood still for so long. */
  stalled(ms: number, now: number): void {
    this.#tookInAt = Math.min(now, this.#tookInAt + ms);
    this.#heardAt = Math.min(now, this.#heardAt + ms);
  }

  /** Looks again. `isReading`: what the client sends would be heard. */
  look(now: number, isReading: boolean): void {
    const { unsent, taken } = this.#outlet;
    const tookIn = taken > this.#taken;
    this.#taken = taken;
    if (tookIn || unsent === 0) this.#tookInAt = now;
    // A slow reader that takes in what it was sent is alive, though its pong waits behind all that.
    if ((tookIn && unsent > 0) || (!isReading && unsent === 0)) this.#heardAt = now;
  }

  isStuck(now: number, heartbeatMs: number): boolean {
    return now - this.#tookInAt >= 2 * heartbeatMs;
  }

  isSilent(now: number, heartbeatMs: number): boolean {
    return now - this.#heardAt >= 2 * heartbeatMs;
  }
}
