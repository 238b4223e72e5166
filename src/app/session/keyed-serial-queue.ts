/**
 * A keyed serial queue: the jobs of one key run one after another, and keys do not wait for each other. A
 * connection uses it with rooms as keys, so its commands to a room are done in order. A job must handle its
 * own failure; the queue of its key goes on.
 */
import type { Effect, Fiber } from "effect";

export type Fork = (effect: Effect.Effect<void>) => Fiber.Fiber<void>;

export class KeyedSerialQueue<K> {
  readonly #fork: Fork;
  readonly #waiting = new Map<K, Effect.Effect<void>[]>();

  constructor(fork: Fork) {
    this.#fork = fork;
  }

  submit(key: K, job: Effect.Effect<void>): void {
    const waiting = this.#waiting.get(key);
    if (waiting !== undefined) waiting.push(job);
    else {
      this.#waiting.set(key, []);
      this.#run(key, job);
    }
  }

  #run(key: K, job: Effect.Effect<void>): void {
    this.#fork(job).addObserver(() => {
      const next = this.#waiting.get(key)?.shift();
      if (next === undefined) this.#waiting.delete(key);
      else this.#run(key, next);
    });
  }
}
