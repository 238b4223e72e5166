/**
 * The composition root: reads the configuration, builds the layers, prints the address, and runs the service
 * until it is stopped. On SIGTERM the gateway drains (G2), and the process exits with 0.
 */
import { join } from "node:path";
import { Cause, Effect, Exit, Layer, Logger, Option } from "effect";
import * as NodeLog from "./adapters/telemetry/json-logger.ts";
import { layerEntropy } from "./adapters/entropy/layer.ts";
import { HttpServer, layerServer } from "./adapters/hono/layer.ts";
import type { Secrets } from "./adapters/identity/guest-token.ts";
import { layerIdentity } from "./adapters/identity/layer.ts";
import { layerRedis } from "./adapters/redis/layer.ts";
import { layerSqlite } from "./adapters/sqlite/layer.ts";
import { Commands } from "./app/commands/commands.ts";
import { layerBoundedReads } from "./app/fan-out/bounded-reads.ts";
import { Feeds } from "./app/fan-out/feeds.ts";
import { Gateway } from "./app/instance/gateway.ts";
import { followRevisions } from "./app/instance/upgrades.ts";
import { Settings } from "./app/instance/settings.ts";
import { readConfiguration, type Configuration } from "./configuration.ts";
import { storedSecret, UnusableSecret } from "./adapters/identity/token-secret.ts";

/** Prints one line for each fault, and exits with 2 (SPEC, Settings). */
const refuseToStart = (faults: readonly string[]): never => {
  process.stderr.write(faults.map((fault) => `${fault}\n`).join(""));
  process.exit(2);
};

const storage = ({ storage, settings, maxEvents, maxAgeMs, keyTtlMs, roomIdleMs }: Configuration) => {
  const { leaseMs, graceMs } = settings;
  const kept = { leaseMs, graceMs, maxEvents, maxAgeMs, keyTtlMs, roomIdleMs };
  return storage.kind === "redis"
    ? layerRedis({ ...kept, access: storage.access, prefix: storage.prefix, ack: storage.ack })
    : layerSqlite({ ...kept, file: join(storage.folder, "gapless.sqlite") });
};

/**
 * With the embedded log, a secret is stored in its folder. A secret that can't be used, or a folder that
 * can't be written to, is a fault of DATA_DIR.
 */
const secretsOf = ({ tokenSecrets, storage }: Configuration): Secrets => {
  if (tokenSecrets !== undefined) return tokenSecrets;
  if (storage.kind === "redis") return refuseToStart(["TOKEN_SECRET is required with Redis"]);
  try {
    return [storedSecret(storage.folder)];
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return refuseToStart([
      error instanceof UnusableSecret
        ? `DATA_DIR has no usable secret: ${reason}`
        : `DATA_DIR must be a folder that can be written to: ${reason}`,
    ]);
  }
};

const service = (configuration: Configuration) =>
  layerServer(configuration).pipe(
    Layer.provideMerge(Gateway.layer),
    Layer.provideMerge(Commands.layer),
    Layer.provideMerge(Feeds.layer),
    Layer.provideMerge(layerIdentity({ ...configuration.identity, secrets: secretsOf(configuration) })),
    Layer.provideMerge(layerBoundedReads),
    Layer.provideMerge(
      Layer.mergeAll(storage(configuration), layerEntropy, Layer.succeed(Settings, configuration.settings)),
    ),
  );

const address = (host: string, port: number): string => {
  const shown = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${shown.includes(":") ? `[${shown}]` : shown}:${port}`;
};

const program = (configuration: Configuration) =>
  Effect.gen(function* () {
    const { port } = yield* HttpServer;
    const gateway = yield* Gateway;
    // This runs first when the scope closes: it asks all connections to move while everything else still
    // works.
    yield* Effect.addFinalizer(() => gateway.drain);
    if (configuration.revision !== undefined) yield* followRevisions(configuration.revision);
    process.stdout.write(`Gapless is at ${address(configuration.host, port)}\n`);
    return yield* Effect.never;
  }).pipe(
    Effect.scoped,
    Effect.provide(service(configuration)),
    Effect.provide(Logger.layer([NodeLog.jsonLogger])),
  );

const parsed = readConfiguration(process.env);
const fiber = Effect.runFork(program(parsed.ok ? parsed.value : refuseToStart(parsed.reason)));
const stop = (): void => fiber.interruptUnsafe();
process.once("SIGTERM", stop);
process.once("SIGINT", stop);
fiber.addObserver((exit) => {
  if (Exit.isSuccess(exit) || Cause.hasInterruptsOnly(exit.cause)) process.exit(0);
  // An expected failure (a port, a file) is one sentence. A bug is printed with its whole cause.
  const failure = Cause.findErrorOption(exit.cause);
  process.stderr.write(`${Option.isSome(failure) ? failure.value.message : Cause.pretty(exit.cause)}\n`);
  process.exit(1);
});
