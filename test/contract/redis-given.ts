/**
 * Fixtures for tests with a Redis of their own: the server, and the adapters of an instance. All of them end
 * with the test.
 */
import { Context, Effect, Exit, Layer, Logger, Scope } from "effect";
import { afterEach } from "vitest";
import { NO_CREDENTIALS, type RedisAccess } from "../../src/adapters/redis/access.ts";
import { layerRedis, type RedisOptions } from "../../src/adapters/redis/layer.ts";
import { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import { Retention } from "../../src/app/ports/retention.ts";
import { Revisions } from "../../src/app/ports/revisions.ts";
import { Signals } from "../../src/app/ports/signals.ts";
import type { MessageFact } from "../../src/domain/event.ts";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import { START } from "../../src/domain/position.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";
import type { Entry } from "../../src/log/entry.ts";
import { RedisProcess } from "../support/redis-process.ts";
import { logOf } from "./deployment.ts";

export const valid = <T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!parsed.ok) throw new Error("the test's own value is not valid");
  return parsed.value;
};

export const room = (name: string): RoomName => valid(parseRoomName(name));
export const ANN = { id: valid(parseUserId("ann")), name: "Ann" };
export const post = (key: string): MessageFact => ({
  type: "message.posted",
  by: ANN,
  key: valid(parseIdempotencyKey(key)),
  text: `the text of ${key}`,
});
export const HALL = room("hall");

/** One server without TLS and credentials. */
export const accessTo = (url: string): RedisAccess => {
  const { hostname, port } = new URL(url);
  return {
    servers: { mode: "single", address: { host: hostname, port: Number(port) } },
    credentials: NO_CREDENTIALS,
    database: 0,
    tls: undefined,
  };
};

const cleanups: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).toReversed()) await cleanup();
});

export const server = async (): Promise<RedisProcess> => {
  const redis = await RedisProcess.prepare();
  cleanups.push(() => redis.remove());
  return redis;
};

export const instance = async (redis: RedisProcess, more: Partial<RedisOptions> = {}) => {
  const scope = await Effect.runPromise(Scope.make());
  cleanups.push(() => Effect.runPromise(Scope.close(scope, Exit.void)));
  const layer = layerRedis({
    access: accessTo(redis.url),
    prefix: "gapless",
    leaseMs: 30_000,
    graceMs: 15_000,
    maxEvents: 100_000,
    maxAgeMs: 0,
    keyTtlMs: 86_400_000,
    roomIdleMs: 0,
    ack: "stored",
    ...more,
  });
  const lines: string[] = [];
  const logger = Logger.make<unknown, void>(({ message }) => {
    lines.push(
      [message]
        .flat()
        .map((part) => (typeof part === "string" ? part : JSON.stringify(part)))
        .join(" "),
    );
  });
  const context = await Effect.runPromise(
    Layer.buildWithScope(layer.pipe(Layer.provide(Logger.layer([logger]))), scope),
  );
  return {
    /** The log lines of the connections and readers. */
    lines,
    log: logOf(context),
    board: Context.get(context, PresenceBoard),
    retention: Context.get(context, Retention),
    signals: Context.get(context, Signals),
    revisions: Context.get(context, Revisions),
  };
};

export const inOrder = (entries: readonly Entry[]): boolean =>
  entries.every(
    ({ seq, previous }, index) => seq === index + 1 && previous === (entries[index - 1]?.id ?? START),
  );
