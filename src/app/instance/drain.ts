/**
 * How connections are asked to move to another instance: evenly over a window, so that no other instance is stormed.
 */
import { Effect, Schedule } from "effect";
import { spread, type GoingAwayReason } from "../../domain/going-away.ts";
import type { OpenConnection } from "../session/open-connection.ts";

/** G2: the window of a shutdown, and how much longer each connection is served. */
const DRAIN_MS = 4_000;
const DRAIN_PATIENCE_MS = 3_000;
/** G3: the window of an upgrade. */
const UPGRADE_MS = 120_000;
const UPGRADE_PATIENCE_MS = 30_000;

type Connections = ReadonlySet<OpenConnection>;

const askAll = (
  connections: Connections,
  reason: GoingAwayReason,
  windowMs: number,
  patienceMs: number,
  now: number,
): void => {
  const ready = [...connections].filter((connection) => connection.ready);
  for (const [nth, connection] of ready.entries()) {
    connection.goAway(spread(reason, nth, ready.length, windowMs, patienceMs), now);
  }
};

/** G3: asks all that are here now. */
export const askForUpgrade = (connections: Connections, now: number): void =>
  askAll(connections, "upgrade", UPGRADE_MS, UPGRADE_PATIENCE_MS, now);

/** G2: asks all to move, and succeeds when none is left; within 8 s whatever the clients do. */
export const drainAll = (connections: Connections, now: () => number): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (const connection of connections) if (!connection.ready) connection.endForShutdown();
    askAll(connections, "shutdown", DRAIN_MS, DRAIN_PATIENCE_MS, now());
    yield* Effect.sync(() => connections.size).pipe(
      Effect.repeat({ schedule: Schedule.spaced("50 millis"), while: (left) => left > 0 }),
      Effect.timeoutOption(DRAIN_MS + DRAIN_PATIENCE_MS + 500),
    );
    for (const connection of connections) connection.endForShutdown();
  });
