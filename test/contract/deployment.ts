/**
 * The deployment on which a contract suite runs: the ports of two instances that share one store. Each
 * adapter opens it in its own way. If one process owns the store, the two instances are the same.
 */
import { Context, Effect, Exit, Layer, Scope } from "effect";
import { onTestFinished } from "vitest";
import { EventLog, type LogUnavailable } from "../../src/app/ports/event-log.ts";
import { History } from "../../src/app/ports/history.ts";
import { LogTail } from "../../src/app/ports/log-tail.ts";
import { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import { Retention } from "../../src/app/ports/retention.ts";
import { Revisions } from "../../src/app/ports/revisions.ts";
import { Signals } from "../../src/app/ports/signals.ts";

/** The three ports of a room's log as one object. */
export type LogPorts = EventLog["Service"] & History["Service"] & LogTail["Service"];

export interface Ports {
  readonly log: LogPorts;
  readonly board: PresenceBoard["Service"];
  readonly signals: Signals["Service"];
  readonly revisions: Revisions["Service"];
  readonly retention: Retention["Service"];
}

export interface StoreOptions {
  readonly leaseMs: number;
  readonly graceMs: number;
  readonly maxEvents: number;
  readonly maxAgeMs: number;
  readonly keyTtlMs: number;
  readonly roomIdleMs: number;
}

/** So long that nothing ends by itself during a test, even with a real clock. */
const FOREVER_MS = 3_600_000;

export const LASTING: StoreOptions = {
  leaseMs: FOREVER_MS,
  graceMs: FOREVER_MS,
  maxEvents: 100_000,
  maxAgeMs: 0,
  keyTtlMs: FOREVER_MS,
  roomIdleMs: 0,
};

export interface Deployment {
  readonly here: Ports;
  readonly there: Ports;
  /** Advances the store's clock by at least `ms`: at once if it is injected, otherwise by waiting. */
  readonly advance: (ms: number) => Promise<void>;
  readonly close: () => Promise<void>;
}

export type Open = (options: StoreOptions) => Promise<Deployment>;

/** Opens a deployment for the running test. The end of the test closes it. */
export const deploy = async (open: Open, options: Partial<StoreOptions> = {}): Promise<Deployment> => {
  const deployment = await open({ ...LASTING, ...options });
  onTestFinished(() => deployment.close());
  return deployment;
};

export type AllPorts = EventLog | History | LogTail | Retention | PresenceBoard | Signals | Revisions;

export const logOf = (context: Context.Context<EventLog | History | LogTail>): LogPorts => ({
  ...Context.get(context, EventLog),
  ...Context.get(context, History),
  follow: Context.get(context, LogTail).follow,
});

export const portsOf = async <E>(
  layer: Layer.Layer<AllPorts, E>,
): Promise<{ readonly ports: Ports; readonly close: () => Promise<void> }> => {
  const scope = await Effect.runPromise(Scope.make());
  const context = await Effect.runPromise(Layer.buildWithScope(layer, scope));
  return {
    ports: {
      log: logOf(context),
      board: Context.get(context, PresenceBoard),
      signals: Context.get(context, Signals),
      revisions: Context.get(context, Revisions),
      retention: Context.get(context, Retention),
    },
    close: () => Effect.runPromise(Scope.close(scope, Exit.void)),
  };
};

export const run = <A>(effect: Effect.Effect<A, LogUnavailable>): Promise<A> => Effect.runPromise(effect);
