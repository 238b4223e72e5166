/**
 * Checks whether the client of a connection is alive (W6) and reads what it was sent (D8). The instance's
 * clock calls it once for each heartbeat.
 *
 * Always true:
 * - A client is stuck only if bytes were waiting for it during two whole heartbeats and it read none of them.
 * - A client is silent only if nothing came from it for two heartbeats and it read nothing either.
 * - The time for which this process stood still does not count.
 */
export interface Outlet {
  /** The bytes that have not left this process yet. */
  readonly unsent: number;
  /** The bytes that the operating system has taken over since the connection was opened. */
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

  /** Something was received, maybe only a pong. */
  heard(now: number): void {
    this.#heardAt = now;
  }

  /** This process stood still for `ms`. */
  stalled(ms: number, now: number): void {
    this.#tookInAt = Math.min(now, this.#tookInAt + ms);
    this.#heardAt = Math.min(now, this.#heardAt + ms);
  }

  /** Checks the client. `isReading`: whether this side reads, so that data of the client would be noticed. */
  look(now: number, isReading: boolean): void {
    const { unsent, taken } = this.#outlet;
    const tookIn = taken > this.#taken;
    this.#taken = taken;
    if (tookIn || unsent === 0) this.#tookInAt = now;
    // A slow reader that still reads is alive, although its pong waits behind the unsent bytes.
    if ((tookIn && unsent > 0) || (!isReading && unsent === 0)) this.#heardAt = now;
  }

  isStuck(now: number, heartbeatMs: number): boolean {
    return now - this.#tookInAt >= 2 * heartbeatMs;
  }

  isSilent(now: number, heartbeatMs: number): boolean {
    return now - this.#heardAt >= 2 * heartbeatMs;
  }
}
