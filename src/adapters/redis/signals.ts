/**
 * The port Signals on Redis pub/sub, with one channel for each room. A signal may be lost (P5).
 *
 * Each new connection subscribes to all channels again. A regular ping detects a connection that is dead and
 * not merely silent.
 */
import type { Signals, Typing } from "../../app/ports/signals.ts";
import { parseConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { decodeAuthor } from "../../log/decode-event.ts";
import type { Redis } from "ioredis";
import { Connection, type ConnectionContext } from "./connection.ts";
import type { Connections } from "./connections.ts";
import type { Keys } from "./keys.ts";
import type { Locator } from "./locator.ts";

const PING_MS = 3_000;

type SignalsService = Signals["Service"];
type OnSignal = (signal: Typing) => void;

const decode = (text: string): Typing | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return undefined;
    if (!("kind" in value && "user" in value && "connection" in value)) return undefined;
    const user = decodeAuthor(value.user);
    if (value.kind !== "typing" || user === undefined || typeof value.connection !== "string")
      return undefined;
    return { kind: "typing", user, connection: parseConnectionId(value.connection) };
  } catch {
    return undefined;
  }
};

export class RedisSignals implements SignalsService {
  readonly #commands: Connections;
  readonly #keys: Keys;
  readonly #connection: Connection;
  readonly #listeners = new Map<string, Set<OnSignal>>();
  readonly #pings: NodeJS.Timeout;

  constructor(context: ConnectionContext, locator: Locator, commands: Connections, keys: Keys) {
    this.#commands = commands;
    this.#keys = keys;
    this.#connection = new Connection(context, {
      name: "signals",
      // All servers of a cluster pass on all signals.
      place: locator.place(0),
      onClient: (client) => this.#listen(client),
    });
    this.#pings = setInterval(() => {
      this.#connection.call((redis) => redis.ping()).catch(() => undefined);
    }, PING_MS);
    this.#pings.unref();
  }

  readonly publish = (room: RoomName, signal: Typing): void => {
    const { kind, user, connection } = signal;
    const text = JSON.stringify({ kind, user: { id: user.id, name: user.name }, connection });
    const { partition } = this.#keys.room(room);
    this.#commands
      .of(partition)
      .call((redis) => redis.publish(this.#keys.channel(room), text))
      .catch(() => undefined);
  };

  readonly subscribe = (room: RoomName, onSignal: OnSignal): (() => void) => {
    const channel = this.#keys.channel(room);
    // A new function for each subscription, so that the same callback may subscribe twice.
    const listener: OnSignal = (signal) => onSignal(signal);
    const listeners = this.#listeners.get(channel) ?? new Set();
    listeners.add(listener);
    this.#listeners.set(channel, listeners);
    if (listeners.size === 1) this.#subscribe([channel]);
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      this.#listeners.delete(channel);
      this.#connection.call((redis) => redis.unsubscribe(channel)).catch(() => undefined);
    };
  };

  close(): void {
    clearInterval(this.#pings);
    this.#connection.close();
  }

  #listen(client: Redis): void {
    client.on("message", (channel, text) => {
      const listeners = this.#listeners.get(channel);
      const signal = listeners && decode(text);
      if (signal !== undefined) for (const listener of listeners ?? []) listener(signal);
    });
    this.#subscribe([...this.#listeners.keys()]);
  }

  #subscribe(channels: readonly string[]): void {
    if (channels.length === 0) return;
    // If this fails, the connection is going down, and the next connection subscribes to all channels.
    this.#connection.call((redis) => redis.subscribe(...channels)).catch(() => undefined);
  }
}
