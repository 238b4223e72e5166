/**
 * Waits until a replica has what this connection has written (ACK=replicated). WAIT holds up its whole connection, so one at a time is under
 * way, and covers all that were written before it began; who comes meanwhile is covered by the next.
 */
import type { Connection } from "./connection.ts";
import { numberIn } from "./reply.ts";

/** Two waits, one's own and the one before it, fit into what a call may take. */
const WAIT_MS = 700;

/** Redis has stored it, and no replica has it yet as far as is known. */
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

  /** Resolves once a replica has all that was written until now; rejects where none says so in time. */
  confirm(): Promise<void> {
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
