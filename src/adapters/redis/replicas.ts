/**
 * Waits until a replica has everything that this connection has written (ACK=replicated).
 *
 * WAIT blocks its whole connection, so only one runs at a time. It confirms all writes before it. A call that
 * comes while one runs is confirmed by the next.
 */
import type { Connection } from "./connection.ts";
import { numberIn } from "./reply.ts";

/** A call may have to wait for two of these, the running one and the next, within its timeout. */
const WAIT_MS = 700;

/** Redis has stored the write, but no replica has confirmed it in time. */
export class Unconfirmed extends Error {
  override readonly name = "Unconfirmed";
}

export class Replicas {
  readonly #connection: Connection;
  #current: Promise<void> | undefined = undefined;
  #next: Promise<void> | undefined = undefined;

  constructor(connection: Connection) {
    this.#connection = connection;
  }

  /**
   * Resolves once a replica has all writes so far. Rejects if no replica confirms in time, or if the
   * connection was replaced since the writes: WAIT knows nothing of the writes of another one.
   */
  async confirm(): Promise<void> {
    const { generation } = this.#connection;
    await this.#confirmed();
    if (this.#connection.generation !== generation) {
      throw new Unconfirmed("the connection was replaced before a replica confirmed the append");
    }
  }

  #confirmed(): Promise<void> {
    if (this.#current === undefined) {
      this.#current = this.#wait();
      return this.#current;
    }
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    if (this.#next !== undefined) return this.#next;
    this.#next = promise;
    const begin = (): void => {
      this.#next = undefined;
      this.#current = this.#wait();
      this.#current.then(resolve, reject);
    };
    this.#current.then(begin, begin);
    return promise;
  }

  async #wait(): Promise<void> {
    try {
      const count = numberIn(await this.#connection.call((redis) => redis.wait(1, WAIT_MS)));
      if (count < 1) throw new Unconfirmed("no replica has confirmed the append in time");
    } finally {
      this.#current = undefined;
    }
  }
}
