/**
 * A connection to Redis that survives every failure and never makes a caller wait for long.
 *
 * Always true (D5):
 * - A call settles within its timeout, whether Redis refuses, is silent, or is gone.
 * - While there is no connection, a call fails at once, and nothing is queued.
 * - If a reply is outstanding and nothing comes for that timeout, the connection is closed. The next one is
 *   tried within a second, for ever.
 * - It is not known whether a failed call was executed. Appends have an idempotency key for that reason.
 */
import { Redis, type RedisOptions as ClientOptions } from "ioredis";
import type { RedisOptions } from "./options.ts";
import type { Script } from "./script.ts";

/** The time that a call waits for its reply. The contract allows 2 s for the whole command. */
export const CALL_TIMEOUT_MS = 1_500;
const MAX_RETRY_MS = 1_000;
const SILENCE_MARGIN_MS = 100;
const CLOSE_MS = 200;

export interface ConnectionEvents {
  readonly onUp?: () => void;
  /** Called once when the connection goes down, not for each retry. */
  readonly onDown?: (cause: unknown) => void;
}

/** Full jitter: a random time from 0 up to a bound that doubles with each attempt. */
export const jittered = (attempt: number, maxMs: number): number =>
  Math.round(Math.random() * Math.min(maxMs, 50 * 2 ** Math.min(attempt, 16)));

export class Connection {
  readonly redis: Redis;
  readonly #callTimeoutMs: number;
  readonly #scripts: readonly Script[];
  #up: boolean | undefined = undefined;
  #lastError: unknown = new Error("the connection was closed");
  #closed = false;
  readonly #waiting = new Set<() => void>();

  constructor(
    { url, tls }: Pick<RedisOptions, "url" | "tls">,
    scripts: readonly Script[],
    events: ConnectionEvents = {},
    callTimeoutMs: number = CALL_TIMEOUT_MS,
  ) {
    this.#callTimeoutMs = callTimeoutMs;
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
      connectTimeout: CALL_TIMEOUT_MS,
      // Shorter than the timeout of a call, so that the connection is known to be dead when its calls fail.
      socketTimeout: callTimeoutMs - SILENCE_MARGIN_MS,
      retryStrategy: (attempt) => 20 + jittered(attempt, MAX_RETRY_MS - 20),
      // The master has become a replica. A new connection to the same address leads to the new master.
      reconnectOnError: (error) => error.message.startsWith("READONLY"),
    } satisfies ClientOptions);
    this.redis.on("error", (error) => {
      this.#lastError = error;
    });
    this.redis.on("ready", () => {
      // Loaded before every call on this connection, so that no call finds its script missing.
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

  /** Resolves when the connection is ready, or after `maxMs`. */
  settled(maxMs: number): Promise<void> {
    if (this.ready) return Promise.resolve();
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        this.#waiting.delete(done);
        resolve();
      };
      const timer = setTimeout(done, maxMs);
      this.#waiting.add(done);
    });
  }

  call<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    if (!this.ready) return Promise.reject(this.#lastError);
    const silence = Promise.withResolvers<never>();
    // If this process was busy, a reply may have arrived already. It is read before the call fails.
    const timer = setTimeout(
      () => setImmediate(() => silence.reject(new Error(`no reply within ${this.#callTimeoutMs} ms`))),
      this.#callTimeoutMs,
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
    // A silent peer would keep the socket open, and with it the process.
    setTimeout(() => redis.stream?.destroy(), CLOSE_MS).unref();
    for (const resume of this.#waiting) resume();
  }
}
