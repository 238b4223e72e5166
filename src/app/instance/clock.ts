/**
 * The clock of an instance. It serves all connections, so that none has a timer or a fiber of its own. It
 * drives heartbeats and deadlines, leases, sweeps, retention, and the checks of the feeds.
 */
import { Effect, Schedule, type Scope } from "effect";
import type { Feeds } from "../fan-out/feeds.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { PresenceBoard } from "../ports/presence-board.ts";
import type { Retention } from "../ports/retention.ts";
import type { OpenConnection } from "../session/open-connection.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import { relieve } from "./relief.ts";
import type { Settings } from "./settings.ts";

/** The period of sweeps. A user has left at most this long after the grace time (P2). */
const SWEEP_EVERY_MS = 2_000;
/** The maximum period of renewals. A board that has lost the leases has them again within this time (R4). */
const RENEW_WITHIN_MS = 10_000;
/** The period of retention, which erases deleted text (D9: within 60 s) and forgets idle rooms (L5). */
const RETAIN_EVERY_MS = 10_000;
/** At most one `members` frame is sent a second (P6). */
const COUNT_EVERY_MS = 1_000;

export interface ClockParts {
  readonly settings: Settings["Service"];
  readonly board: PresenceBoard["Service"];
  readonly feeds: Feeds["Service"];
  readonly retention: Retention["Service"];
  readonly connections: ReadonlySet<OpenConnection>;
  readonly memory: MemoryBudget;
  readonly now: () => number;
}

type Periods = Pick<Settings["Service"], "heartbeatMs" | "requestTimeoutMs">;

/**
 * How often connections are looked at: several times a heartbeat, and 40 times in the request timeout (G1).
 */
export const tickPeriod = ({ heartbeatMs, requestTimeoutMs }: Periods): number =>
  Math.min(1_000, Math.max(25, Math.min(heartbeatMs / 5, requestTimeoutMs / 40)));

/** Runs each piece of work at its own period, as long as the scope exists. */
export const runClock = ({
  settings,
  board,
  feeds,
  retention,
  connections,
  memory,
  now,
}: ClockParts): Effect.Effect<void, never, Scope.Scope> => {
  const every = (periodMs: number, work: Effect.Effect<void, LogUnavailable>) =>
    // If the log is away, the work is repeated after the next period.
    Effect.forkScoped(Effect.delay(Effect.repeat(Effect.ignore(work), Schedule.spaced(periodMs)), periodMs));

  const period = tickPeriod(settings);
  let tickedAt = now();
  const tick = Effect.sync(() => {
    const at = now();
    const stalledMs = Math.max(0, at - tickedAt - 2 * period);
    tickedAt = at;
    for (const connection of connections) connection.tick(at, stalledMs);
    relieve(connections, memory);
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
