/**
 * The one clock of an instance. It serves every connection, so that none has a timer or a fiber of its own: heartbeats and
 * deadlines, leases, sweeps, and the checks of the feeds.
 */
import { Effect, Schedule, type Scope } from "effect";
import type { Feeds } from "../fan-out/feeds.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { PresenceBoard } from "../ports/presence-board.ts";
import type { Retention } from "../ports/retention.ts";
import type { OpenConnection } from "../session/open-connection.ts";
import type { Settings } from "./settings.ts";

/** How often expired leases are looked for: a user has left within this after the grace time (P2). */
const SWEEP_EVERY_MS = 2_000;
/** How often leases are renewed at least: a board that has lost them has them again within this (R4). */
const RENEW_WITHIN_MS = 10_000;
/** How often deleted text and idle rooms are looked for (D9: gone within 60 s, L5). */
const RETAIN_EVERY_MS = 10_000;
/** P6: at most one `members` frame a second. */
const COUNT_EVERY_MS = 1_000;

export interface ClockParts {
  readonly settings: Settings["Service"];
  readonly board: PresenceBoard["Service"];
  readonly feeds: Feeds["Service"];
  readonly retention: Retention["Service"];
  readonly connections: ReadonlySet<OpenConnection>;
  readonly now: () => number;
}

type Periods = Pick<Settings["Service"], "heartbeatMs" | "requestTimeoutMs">;

/** How often connections are looked at: several times a heartbeat, and 40 times in the request timeout (G1). */
export const tickPeriod = ({ heartbeatMs, requestTimeoutMs }: Periods): number =>
  Math.min(1_000, Math.max(25, Math.min(heartbeatMs / 5, requestTimeoutMs / 40)));

/** Each piece of work at its own period, for as long as the scope lasts. */
export const runClock = ({
  settings,
  board,
  feeds,
  retention,
  connections,
  now,
}: ClockParts): Effect.Effect<void, never, Scope.Scope> => {
  const every = (periodMs: number, work: Effect.Effect<void, LogUnavailable>) =>
    // While the log is away there is nothing to do but to come again.
    Effect.forkScoped(Effect.delay(Effect.repeat(Effect.ignore(work), Schedule.spaced(periodMs)), periodMs));

  const period = tickPeriod(settings);
  let tickedAt = now();
  const tick = Effect.sync(() => {
    const at = now();
    const stalledMs = Math.max(0, at - tickedAt - 2 * period);
    tickedAt = at;
    for (const connection of connections) connection.tick(at, stalledMs);
  });
  const renew = Effect.suspend(() => {
    const presences = [...connections].flatMap((connection) => connection.presences());
    return presences.length === 0 ? Effect.void : board.enter(presences);
  });

  return Effect.gen(function* () {
    yield* every(period, tick);
    yield* every(Math.min(RENEW_WITHIN_MS, settings.leaseMs / 3), renew);
    yield* every(SWEEP_EVERY_MS, board.sweep);
    yield* every(RETAIN_EVERY_MS, retention.enforce);
    yield* every(settings.heartbeatMs, feeds.verify);
    yield* every(COUNT_EVERY_MS, feeds.count);
  });
};
