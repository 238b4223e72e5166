/**
 * A connection to Redis that outlives every failure, and never makes a caller wait.
 *
 * What always holds (D5): a call settles within its patience, whether Redis refuses, is silent, or has gone without a word; while there is no
 * connection, a call fails at once and nothing queues; silence for as long as that patience, with a reply outstanding, ends the connection, and
 * a new one is tried within a second, for ever. Whether a call that failed was carried out is not known: appends bear a key for that.
 */
import { Redis, type RedisOptions as ClientOptions } from "ioredis";
import type { RedisOptions } from "./options.ts";
import type { Script } from "./script.ts";

/** How long a call waits for its reply. The contract allows 2 s for all of it. */
export const PATIENCE_MS = 1_500;
const LONGEST_RETRY_MS = 1_000;
const SILENCE_MARGIN_MS = 100;
const CLOSE_MS = 200;

export interface ConnectionEvents {
  readonly onUp?: () => void;
  /** Once when it goes down, not once a retry. */
  readonly onDown?: (cause: unknown) => void;
}

/** Full jitter: anything from nothing up to a bound that doubles. */
export const jittered = (attempt: number, most: number): number =>
  Math.round(Math.random() * Math.min(most, 50 * 2 ** Math.min(attempt, 16)));

export class Connection {
  readonly redis: Redis;
  readonly #patience: number;
  readonly #scripts: readonly Script[];
  #up: boolean | undefined = undefined;
  #lastError: unknown = new Error("the connection was closed");
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(
    { url, tls }: Pick<RedisOptions, "url" | "tls">,
    scripts: readonly Script[],
    events: ConnectionEvents = {},
    patienceMs: number = PATIENCE_MS,
  ) {
    this.#patience = patienceMs;
    this.#scripts = scripts;
    this.redis = new Redis(url, {
      ...(tls && { tls }),
      protocol: 2,
      enableAutoPipelining: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      disableClientInfo: true,
      connectTimeout: PATIENCE_MS,
      // Before the patience of a call ends, so that the connection is known to be dead when its calls fail.
      socketTimeout: patienceMs - SILENCE_MARGIN_MS,
      retryStrategy: (attempt) => 20 + jittered(attempt, LONGEST_RETRY_MS - 20),
      // A master that was made a replica: the address leads to the new one.
      reconnectOnError: (error) => error.message.startsWith("READONLY"),
    } satisfies ClientOptions);
    this.redis.on("error", (error) => {
      this.#lastError = error;
    });
    this.redis.on("ready", () => {
      // Ahead of every call of this connection, so that none finds its script missing.
      for (const { text } of this.#scripts) this.redis.script("LOAD", text).catch(() => undefined);
      const wasUp = this.#up;
      this.#up = true;
      if (wasUp !== true) events.onUp?.();
      for (const resume of this.#waiting) resume();
    });
    this.redis.on("close", () => {
      const wasUp = this.#up;
      this.#up = false;
      if (wasUp !== false && !this.#closed) events.onDown?.(this.#lastError);
    });
  }

  get ready(): boolean {
    return this.redis.status === "ready";
  }

  /** Resolves when it is ready, or after so long. */
  settled(mostMs: number): Promise<void> {
    if (this.ready) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, mostMs);
      this.#waiting.add(done);
    });
  }

  call<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    if (!this.ready) return Promise.reject(this.#lastError);
    const silence = Promise.withResolvers<never>();
    // A reply that has come while this process was busy is read before the verdict.
    const timer = setTimeout(
      () => setImmediate(() => silence.reject(new Error(`no reply within ${this.#patience} ms`))),
      this.#patience,
    );
    return Promise.race([work(this.redis), silence.promise]).finally(() => clearTimeout(timer));
  }

  run(script: Script, keys: readonly string[], args: readonly (string | number)[]): Promise<unknown> {
    return this.call((redis) =>
      redis.evalsha(script.sha, keys.length, ...keys, ...args).catch((error: unknown) => {
        if (!(error instanceof Error) || !error.message.startsWith("NOSCRIPT")) throw error;
        return redis.eval(script.text, keys.length, ...keys, ...args);
      }),
    );
  }

  close(): void {
    this.#closed = true;
    const { redis } = this;
    redis.disconnect();
    // A peer that is silent would keep the socket, and with it the process.
    setTimeout(() => redis.stream?.destroy(), CLOSE_MS).unref();
    for (const resume of this.#waiting) resume();
  }
}
