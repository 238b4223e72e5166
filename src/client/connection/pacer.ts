/**
 * Keeps the commands of a connection within the rate that its `welcome` names (L1), so that the server need
 * not refuse them. It counts with the same token bucket as the server. A command that exceeds the rate waits;
 * the order stays.
 */
import { fullBucket, take, type Bucket, type Rate } from "../../domain/token-bucket.ts";
import type { Clock } from "../platform/clock.ts";

export class Pacer {
  readonly #clock: Clock;
  readonly #rate: Rate;
  readonly #queue: (() => void)[] = [];
  #bucket: Bucket;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, rate: Rate) {
    this.#clock = clock;
    this.#rate = rate;
    this.#bucket = fullBucket(rate, clock.now());
  }

  run(send: () => void): void {
    this.#queue.push(send);
    if (this.#cancel === undefined) this.#flush();
  }

  /** The connection is gone: waiting commands are not sent on it. */
  stop(): void {
    this.#cancel?.();
    this.#queue.length = 0;
  }

  #flush(): void {
    this.#cancel = undefined;
    while (this.#queue.length > 0) {
      const taken = take(this.#bucket, this.#rate, this.#clock.now());
      this.#bucket = taken.bucket;
      if (!taken.ok) {
        this.#cancel = this.#clock.after(taken.retryAfterMs, () => this.#flush());
        return;
      }
      this.#queue.shift()?.();
    }
  }
}
