/**
 * A connection to Redis that survives every failure and never makes a caller wait for long.
 *
 * Always true (D5):
 * - A call settles within its timeout, whether Redis refuses, is silent, or is gone.
 * - While there is no connection, a call fails at once, and nothing is queued.
 * - If a reply is outstanding and nothing comes for that timeout, the connection is closed. The next one is
 *   tried within a second, for ever.
 * - Each new connection is a new client. It asks again for the address and the password, which may have
 *   changed.
 * - It is not known whether a failed call was executed. Appends have an idempotency key for that reason.
 */
import type { Redis } from "ioredis";
import { addressText, sameAddress, type Address, type RedisAccess } from "./access.ts";
import { greet, openClient } from "./client.ts";
import { silentStates, type ConnectionStates } from "./connection-states.ts";
import { fixedPlace, type Place } from "./locator.ts";
import { redirectionIn, type Redirection } from "./redirection.ts";
import type { Script } from "./script.ts";
import { refusalOf, type ServerFacts, type ServerMode } from "./server-facts.ts";

/** The time that a call waits for its reply. The contract allows 2 s for the whole command. */
export const CALL_TIMEOUT_MS = 1_500;
const MIN_RETRY_MS = 20;
const MAX_RETRY_MS = 1_000;

/** How the connections of one deployment reach their servers. */
export interface ConnectionContext {
  readonly access: RedisAccess;
  readonly expectedMode: ServerMode;
  readonly states: ConnectionStates;
  /** Called when a data node has said what it is. */
  readonly onFacts: (facts: ServerFacts) => void;
}

export interface ConnectionOptions {
  /** The purpose of the connection, for log lines. */
  readonly name: string;
  /** Asked for the address anew for each client. */
  readonly place: Place;
  readonly scripts?: readonly Script[];
  readonly callTimeoutMs?: number;
  /** Whether a call is made again at the node to which its slot has moved. True if left out. */
  readonly repeatsMovedCalls?: boolean;
  /** Whether a call follows its slot to a node that takes it over. True if left out. */
  readonly followsAsk?: boolean;
  /** Called with each new client. */
  readonly onClient?: (client: Redis) => void;
}

/** There is no connection now. */
export class NotConnected extends Error {
  override readonly name = "NotConnected";
}

/** Full jitter: a random time from 0 up to a bound that doubles with each attempt. */
export const jittered = (attempt: number, maxMs: number): number =>
  Math.round(Math.random() * Math.min(maxMs, 50 * 2 ** Math.min(attempt, 16)));

export class Connection {
  readonly #context: ConnectionContext;
  readonly #options: ConnectionOptions;
  readonly #callTimeoutMs: number;
  readonly #id = Symbol("connection");
  /** The client that serves calls. */
  #client: Redis | undefined = undefined;
  /** The client that is being opened, or serves. */
  #opened: Redis | undefined = undefined;
  #cause: unknown = new Error("there was no connection yet");
  /** The address of the client that is being opened, or serves. */
  #address: Address | undefined = undefined;
  /** The master is at another address, and the connection to it is being opened. */
  #isMoving = false;
  /** By address: the nodes that take over a slot. */
  readonly #redirections = new Map<string, Connection>();
  readonly #stopFollowing: () => void;
  #generation = 0;
  #attempt = 0;
  #closed = false;
  #endPause: () => void = () => undefined;
  /** Closes the client, for the given reason. */
  #leave: (reason: unknown) => void = () => undefined;
  readonly #waiting = new Set<() => void>();

  constructor(context: ConnectionContext, options: ConnectionOptions) {
    this.#context = context;
    this.#options = options;
    this.#callTimeoutMs = options.callTimeoutMs ?? CALL_TIMEOUT_MS;
    context.states.connecting(this.#id, options.name);
    this.#stopFollowing = options.place.onMove((address) => this.#moved(address));
    void this.#keepConnected();
  }

  /** The number of the client that serves calls. A higher number is a later client. */
  get generation(): number {
    return this.#generation;
  }

  get ready(): boolean {
    return this.#client !== undefined;
  }

  /** Why there is no connection. */
  get cause(): unknown {
    return this.#cause;
  }

  /** Resolves when the connection is ready, or after `maxMs`. */
  settled(maxMs: number): Promise<void> {
    if (this.ready || this.#closed) return Promise.resolve();
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

  /** Calls Redis. On a cluster, the call follows one redirection to another node. */
  async call<T>(work: (redis: Redis) => Promise<T>): Promise<T> {
    const deadline = performance.now() + this.#callTimeoutMs;
    if (this.#isMoving) await this.settled(this.#callTimeoutMs);
    try {
      return await this.#call(work, deadline);
    } catch (error) {
      const redirection = redirectionIn(error, this.#address);
      if (redirection === undefined) throw error;
      return this.#redirected(work, deadline, redirection, error);
    }
  }

  async #redirected<T>(
    work: (redis: Redis) => Promise<T>,
    deadline: number,
    { kind, address }: Redirection,
    error: unknown,
  ): Promise<T> {
    switch (kind) {
      case "moved": {
        this.#options.place.moved(address);
        if (this.#options.repeatsMovedCalls === false) throw error;
        await this.settled(deadline - performance.now());
        return this.#call(work, deadline);
      }
      case "ask": {
        if (this.#options.followsAsk === false) throw error;
        const other = this.#redirectedTo(address);
        await other.settled(deadline - performance.now());
        return other.#call((redis) => {
          redis.asking().catch(() => undefined);
          return work(redis);
        }, deadline);
      }
      default:
        return kind satisfies never;
    }
  }

  /** The connection to a node that takes over this connection's slot. */
  #redirectedTo(address: Address): Connection {
    const key = addressText(address);
    const known = this.#redirections.get(key);
    if (known !== undefined) return known;
    const connection = new Connection(
      { ...this.#context, states: silentStates() },
      { ...this.#options, place: fixedPlace(address), onClient: () => undefined },
    );
    this.#redirections.set(key, connection);
    return connection;
  }

  #endRedirections(): void {
    for (const connection of this.#redirections.values()) connection.close();
    this.#redirections.clear();
  }

  #call<T>(work: (redis: Redis) => Promise<T>, deadline: number): Promise<T> {
    const client = this.#client;
    if (client === undefined) {
      return Promise.reject(new NotConnected("there is no connection", { cause: this.#cause }));
    }
    const silence = Promise.withResolvers<never>();
    // If this process was busy, a reply may have arrived already. It is read before the call fails.
    const timer = setTimeout(
      () => setImmediate(() => silence.reject(new Error(`no reply within ${this.#callTimeoutMs} ms`))),
      deadline - performance.now(),
    );
    return Promise.race([work(client), silence.promise]).finally(() => clearTimeout(timer));
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
    this.#stopFollowing();
    this.#endRedirections();
    this.#client = undefined;
    this.#opened?.disconnect();
    this.#endPause();
    this.#context.states.closed(this.#id);
    this.#resume();
  }

  async #keepConnected(): Promise<void> {
    while (!this.#closed) {
      const cause = await this.#connect();
      this.#client = undefined;
      this.#opened = undefined;
      this.#address = undefined;
      if (this.#closed) return;
      this.#cause = cause;
      // To leave one master for another is no outage, unless the new one can't be reached either.
      this.#isMoving &&= this.#attempt === 0;
      if (this.#isMoving) this.#context.states.connecting(this.#id, this.#options.name);
      else this.#context.states.down(this.#id, this.#options.name, cause);
      const waitMs = MIN_RETRY_MS + jittered(this.#attempt, MAX_RETRY_MS - MIN_RETRY_MS);
      this.#attempt += 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        this.#endPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  /** Connects once. Resolves when that connection has ended, with the cause. */
  async #connect(): Promise<unknown> {
    const { access } = this.#context;
    let cause: unknown = new Error("the connection was closed");
    let isLeaving = false;
    let client: Redis;
    try {
      const address = await this.#options.place.locate();
      if (this.#closed) return cause;
      this.#address = address;
      client = openClient(address, access.tls, this.#callTimeoutMs, (error) => (cause = error));
    } catch (error) {
      return error;
    }
    this.#opened = client;
    this.#leave = (reason) => {
      // Many calls may report the same move.
      if (isLeaving) return;
      cause = reason;
      isLeaving = true;
      client.disconnect();
    };
    client.on("error", (error) => {
      if (!isLeaving) cause = error;
    });
    client.once("ready", () => {
      greet(client, access.credentials, access.database)
        .then((facts) => this.#accept(client, facts))
        .catch((error: unknown) => {
          if (client.status === "ready" && !isLeaving) this.#leave(error);
          client.disconnect();
        });
    });
    await new Promise((resolve) => client.once("end", resolve));
    return cause;
  }

  #accept(client: Redis, facts: ServerFacts): void {
    if (this.#closed || client.status !== "ready") return;
    const refusal = refusalOf(facts, this.#context.expectedMode);
    if (refusal !== undefined) throw refusal;
    // Loaded before every call on this client, so that no call finds its script missing.
    for (const { text } of this.#options.scripts ?? []) {
      client.script("LOAD", text).catch(() => undefined);
    }
    this.#client = client;
    this.#generation += 1;
    this.#attempt = 0;
    this.#isMoving = false;
    client.once("close", () => {
      if (this.#client === client) this.#client = undefined;
    });
    this.#context.onFacts(facts);
    this.#context.states.up(this.#id, this.#options.name);
    this.#options.onClient?.(client);
    this.#resume();
  }

  /** The master is at another address now. */
  #moved(address: Address): void {
    if (this.#address !== undefined && !sameAddress(address, this.#address)) {
      this.#client = undefined;
      this.#isMoving = true;
      this.#endRedirections();
      this.#leave(new Error(`the master is now at ${addressText(address)}`));
    }
    this.#attempt = 0;
    this.#endPause();
  }

  #resume(): void {
    for (const resume of this.#waiting) resume();
  }
}
