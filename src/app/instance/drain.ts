/**
 * Asks connections to move to another instance, evenly over a window, so that no instance gets all of them at
 * once.
 */
import { Effect, Schedule } from "effect";
import { spread, type GoingAwayReason } from "../../domain/going-away.ts";
import type { OpenConnection } from "../session/open-connection.ts";

/** The window of a shutdown, and the time that each connection then has to move (G2). */
const DRAIN_MS = 4_000;
const DRAIN_HAND_OVER_MS = 3_000;
/** The window of an upgrade, and the time that each connection then has to move (G3). */
const UPGRADE_MS = 120_000;
const UPGRADE_HAND_OVER_MS = 30_000;

type Connections = ReadonlySet<OpenConnection>;

const askAll = (
  connections: Connections,
  reason: GoingAwayReason,
  windowMs: number,
  handOverMs: number,
  now: number,
): void => {
  const ready = [...connections].filter((connection) => connection.ready);
  for (const [nth, connection] of ready.entries()) {
    connection.goAway(spread(reason, nth, ready.length, windowMs, handOverMs), now);
  }
};

/** Asks all present connections to move (G3). */
export const askForUpgrade = (connections: Connections, now: number): void =>
  askAll(connections, "upgrade", UPGRADE_MS, UPGRADE_HAND_OVER_MS, now);

/** Asks all connections to move, and succeeds when none is left, within 8 s in any case (G2). */
export const drainAll = (connections: Connections, now: () => number): Effect.Effect<void> =>
  Effect.gen(function* () {
    for (const connection of connections) if (!connection.ready) connection.endForShutdown();
    askAll(connections, "shutdown", DRAIN_MS, DRAIN_HAND_OVER_MS, now());
    yield* Effect.sync(() => connections.size).pipe(
      Effect.repeat({ schedule: Schedule.spaced("50 millis"), while: (left) => left > 0 }),
      Effect.timeoutOption(DRAIN_MS + DRAIN_HAND_OVER_MS + 500),
    );
    for (const connection of connections) connection.endForShutdown();
  });
