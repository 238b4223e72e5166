/**
 * The door and the clock of an instance: connections come in here and become sessions, and one clock serves them all — heartbeats, deadlines,
 * leases, sweeps, rotation — so that no connection has a timer or a fiber of its own.
 */
import { Clock, Context, Effect, FiberSet, Layer, Schedule, type Scope } from "effect";
import { spread, type GoingAwayReason } from "../../domain/going-away.ts";
import { parseConnectionId } from "../../domain/presence.ts";
import { CLOSE } from "../../wire/protocol.ts";
import { Commands } from "../commands/commands.ts";
import { Counters } from "./counters.ts";
import { Feeds } from "../fan-out/feeds.ts";
import { Entropy } from "../ports/entropy.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import { History } from "../ports/history.ts";
import { Identity } from "../ports/identity.ts";
import { PresenceBoard } from "../ports/presence-board.ts";
import { Signals } from "../ports/signals.ts";
import type { SessionDependencies } from "../session/dependencies.ts";
import { Session } from "../session/session.ts";
import { Settings } from "./settings.ts";
import type { Transport } from "../session/transport.ts";

/** How often expired leases are looked for: with the grace time over, somebody has left within this (P2). */
const SWEEP_EVERY = "2 seconds";
/** How often leases are renewed at least: a board that has lost them has them again within this (R4). */
const RENEW_WITHIN_MS = 10_000;
/** P6: at most one `members` frame a second. */
const COUNT_EVERY = "1 second";
/** G2: connections are sent on over this long, and each is given so much longer. */
const DRAIN_MS = 4_000;
const DRAIN_PATIENCE_MS = 3_000;
/** G3: those of an older revision are sent on over two minutes. */
const UPGRADE_MS = 120_000;
const UPGRADE_PATIENCE_MS = 30_000;

export type Door = "open" | "draining" | "full";

export class Gateway extends Context.Service<
  Gateway,
  {
    readonly counters: Counters;
    /** Whether a connection from this address may come in (L2, G2). */
    readonly door: (address: string) => Door;
    readonly open: (transport: Transport, address: string) => Session;
    /** The connection has ended, with this close code. */
    readonly close: (session: Session, code: number) => void;
    readonly connections: () => number;
    /** Bytes that wait for slow readers, on all connections (D4). */
    readonly unsent: () => number;
    readonly draining: () => boolean;
    /** Calls back once when draining begins; event streams end then, and resume elsewhere. */
    readonly onDrain: (callback: () => void) => () => void;
    /** Sends on whoever is here now, evenly over a while (G3). */
    readonly upgrade: Effect.Effect<void>;
    /** Sends everybody on, and succeeds when nobody is left; within 8 s whatever the clients do (G2). */
    readonly drain: Effect.Effect<void>;
  }
>()("gapless/Gateway") {
  static readonly layer = Layer.effect(
    Gateway,
    Effect.gen(function* () {
      const settings = yield* Settings;
      const board = yield* PresenceBoard;
      const feeds = yield* Feeds;
      const entropy = yield* Entropy;
      const clock = yield* Clock.Clock;
      const dependencies: SessionDependencies = {
        settings,
        history: yield* History,
        board,
        signals: yield* Signals,
        identity: yield* Identity,
        feeds,
        commands: yield* Commands,
        counters: new Counters(),
        fork: yield* FiberSet.makeRuntime<never, void, never>(),
        now: () => clock.currentTimeMillisUnsafe(),
      };
      const sessions = new Map<Session, string>();
      const perAddress = new Map<string, number>();
      const onDrain = new Set<() => void>();
      let draining = false;

      const every = (
        period: Parameters<typeof Schedule.spaced>[0],
        work: Effect.Effect<void, LogUnavailable>,
      ): Effect.Effect<unknown, never, Scope.Scope> =>
        // While the log is away there is nothing to do but to come again.
        Effect.forkScoped(Effect.delay(Effect.repeat(Effect.ignore(work), Schedule.spaced(period)), period));

      const period = Math.min(1_000, Math.max(25, settings.heartbeatMs / 5));
      let tickedAt = dependencies.now();
      yield* every(
        period,
        Effect.sync(() => {
          const now = dependencies.now();
          const stalledMs = Math.max(0, now - tickedAt - 2 * period);
          tickedAt = now;
          for (const session of sessions.keys()) session.tick(now, stalledMs);
        }),
      );
      yield* every(
        Math.min(RENEW_WITHIN_MS, settings.leaseMs / 3),
        Effect.suspend(() => {
          const presences = [...sessions.keys()].flatMap((session) => session.presences());
          return presences.length === 0 ? Effect.void : board.enter(presences);
        }),
      );
      yield* every(SWEEP_EVERY, board.sweep);
      yield* every(settings.heartbeatMs, feeds.verify);
      yield* every(COUNT_EVERY, feeds.count);

      const sendOn = (reason: GoingAwayReason, windowMs: number, patienceMs: number): void => {
        const ready = [...sessions.keys()].filter((session) => session.ready);
        for (const [nth, session] of ready.entries()) {
          session.goAway(spread(reason, nth, ready.length, windowMs, patienceMs));
        }
      };

      const close = (session: Session, code: number): void => {
        session.ended(code);
        const address = sessions.get(session);
        if (address === undefined) return;
        sessions.delete(session);
        const others = (perAddress.get(address) ?? 1) - 1;
        if (others > 0) perAddress.set(address, others);
        else perAddress.delete(address);
      };

      return {
        counters: dependencies.counters,
        door: (address) => {
          if (draining) return "draining";
          const most = settings.connectionsPerAddress;
          if (sessions.size >= settings.maxConnections) return "full";
          return most > 0 && (perAddress.get(address) ?? 0) >= most ? "full" : "open";
        },
        open: (transport, address) => {
          const session = new Session(
            dependencies,
            transport,
            parseConnectionId(entropy.id()),
            entropy.fraction(),
          );
          sessions.set(session, address);
          perAddress.set(address, (perAddress.get(address) ?? 0) + 1);
          dependencies.counters.connectionsOpened += 1;
          return session;
        },
        close,
        connections: () => sessions.size,
        unsent: () => {
          let bytes = 0;
          for (const session of sessions.keys()) bytes += session.unsent;
          return bytes;
        },
        draining: () => draining,
        onDrain: (callback) => {
          onDrain.add(callback);
          return () => onDrain.delete(callback);
        },
        upgrade: Effect.sync(() => sendOn("upgrade", UPGRADE_MS, UPGRADE_PATIENCE_MS)),
        drain: Effect.gen(function* () {
          draining = true;
          for (const callback of onDrain) callback();
          for (const session of sessions.keys()) {
            if (!session.ready) session.close(CLOSE.moved, "This instance is going away.");
          }
          sendOn("shutdown", DRAIN_MS, DRAIN_PATIENCE_MS);
          yield* Effect.sync(() => sessions.size).pipe(
            Effect.repeat({ schedule: Schedule.spaced("50 millis"), while: (left) => left > 0 }),
            Effect.timeoutOption(DRAIN_MS + DRAIN_PATIENCE_MS + 500),
          );
          for (const session of sessions.keys()) {
            session.close(CLOSE.moved, "This instance is going away.");
          }
        }),
      } satisfies Gateway["Service"];
    }),
  );
}
