/**
 * Work in order a lane, and lanes beside each other: what a connection asks of one room is done in the order in which it asked, and no room waits
 * for another. A job that fails is the job's own to answer; the lane goes on.
 */
import type { Effect, Fiber } from "effect";

export type Fork = (effect: Effect.Effect<void>) => Fiber.Fiber<void>;

export class KeyedSerialQueue<K> {
  readonly #fork: Fork;
  readonly #waiting = new Map<K, Effect.Effect<void>[]>();

  constructor(fork: Fork) {
    this.#fork = fork;
  }

  submit(lane: K, job: Effect.Effect<void>): void {
    const waiting = this.#waiting.get(lane);
    if (waiting !== undefined) waiting.push(job);
    else {
      this.#waiting.set(lane, []);
      this.#run(lane, job);
    }
  }

  #run(lane: K, job: Effect.Effect<void>): void {
    this.#fork(job).addObserver(() => {
      const next = this.#waiting.get(lane)?.shift();
      if (next === undefined) this.#waiting.delete(lane);
      else this.#run(lane, next);
    });
  }
}
