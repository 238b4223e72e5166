/**
 * All adapters of Redis as one layer. It can be built while Redis is away: calls fail until Redis is there.
 * It is not built on a Redis that is too old.
 */
import { Context, Effect, Layer } from "effect";
import { EventLog } from "../../app/ports/event-log.ts";
import { History } from "../../app/ports/history.ts";
import { LogTail } from "../../app/ports/log-tail.ts";
import { PresenceBoard } from "../../app/ports/presence-board.ts";
import { Retention } from "../../app/ports/retention.ts";
import { Revisions } from "../../app/ports/revisions.ts";
import { Signals } from "../../app/ports/signals.ts";
import type { RedisAccess } from "./access.ts";
import { CALL_TIMEOUT_MS, type ConnectionContext } from "./connection.ts";
import { ConnectionStates } from "./connection-states.ts";
import { Connections } from "./connections.ts";
import { makeEventLog } from "./event-log.ts";
import { makeHistory } from "./history.ts";
import { ClusterNodes } from "./cluster.ts";
import { makeKeys, type Keys } from "./keys.ts";
import { singleServer, type Locator } from "./locator.ts";
import { Sentinels } from "./sentinels.ts";
import { LOG_SCRIPTS } from "./log-scripts.ts";
import { MemoryWatch } from "./memory-watch.ts";
import { makeRetention, RETENTION_SCRIPTS } from "./retention.ts";
import { causeText } from "./outage-cause.ts";
import type { RedisOptions } from "./options.ts";
import { makePresenceBoard } from "./presence-board.ts";
import { PRESENCE_SCRIPTS } from "./presence-scripts.ts";
import { ANNOUNCE, makeRevisions } from "./revisions.ts";
import { evictsLogs, TooOld, type ServerFacts } from "./server-facts.ts";
import { RedisSignals } from "./signals.ts";
import { refusals } from "./write-outages.ts";
import { Tail } from "./tail.ts";

export type { RedisOptions } from "./options.ts";

const closing = <T extends { close(): void }>(make: () => T) =>
  Effect.acquireRelease(Effect.sync(make), (made) => Effect.sync(() => made.close()));

const makeLocator = (access: RedisAccess, keys: Keys): Locator => {
  const { servers } = access;
  switch (servers.mode) {
    case "single":
      return singleServer(servers.address);
    case "sentinel":
      return new Sentinels(servers.master, servers.sentinels, access);
    case "cluster":
      return new ClusterNodes(servers.nodes, access, keys);
    default:
      return servers satisfies never;
  }
};

/** The log lines for the reports of the connections. */
const reportsTo = (log: (line: Effect.Effect<void>) => void) => {
  let warned = false;
  return {
    states: {
      begin: (connection: string, cause: unknown): void =>
        log(Effect.logWarning("Redis can't be reached.", { connection, cause: causeText(cause) })),
      end: (): void => log(Effect.logInfo("Connected to Redis.")),
    },
    tail: {
      onFault: (cause: unknown): void =>
        log(Effect.logError("A read of the log's tail failed.", { cause: causeText(cause) })),
      onUnreadable: (key: string, cause: unknown): void =>
        log(Effect.logError("A room's log can't be read.", { key, cause: causeText(cause) })),
    },
    onFacts: (facts: ServerFacts): void => {
      if (warned || !evictsLogs(facts)) return;
      warned = true;
      log(
        Effect.logWarning("Redis evicts logs when it is full: set maxmemory-policy to volatile-lru.", {
          policy: facts.evictionPolicy,
        }),
      );
    },
  };
};

export const layerRedis = (
  options: RedisOptions,
): Layer.Layer<EventLog | History | LogTail | Retention | PresenceBoard | Signals | Revisions, TooOld> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const runLog = Effect.runForkWith(yield* Effect.context<never>());
      const reports = reportsTo((line) => void runLog(line));
      const context: ConnectionContext = {
        access: options.access,
        expectedMode: options.access.servers.mode === "cluster" ? "cluster" : "standalone",
        states: new ConnectionStates(reports.states),
        onFacts: reports.onFacts,
      };
      const keys = makeKeys(options.prefix);
      const locator = yield* closing(() => makeLocator(options.access, keys));

      const commands = yield* closing(
        () =>
          new Connections(context, locator, {
            name: "commands",
            scripts: [...LOG_SCRIPTS, ...PRESENCE_SCRIPTS, ...RETENTION_SCRIPTS, ANNOUNCE],
          }),
      );
      const appends =
        options.ack === "stored"
          ? commands
          : yield* closing(
              () =>
                new Connections(context, locator, {
                  name: "appends",
                  scripts: LOG_SCRIPTS,
                  // A WAIT covers the writes of its own connection only.
                  followsAsk: false,
                }),
            );
      const tail = yield* closing(() => new Tail(context, locator, commands, keys, reports.tail));
      const refused = refusals();
      const memory = yield* closing(() => new MemoryWatch(commands));
      const signals = yield* closing(() => new RedisSignals(context, locator, commands, keys));
      yield* Effect.promise(() =>
        Promise.all([commands.settled(CALL_TIMEOUT_MS), appends.settled(CALL_TIMEOUT_MS)]),
      );
      for (const { cause } of commands.all) if (cause instanceof TooOld) return yield* Effect.fail(cause);

      const reachable = async (): Promise<void> => {
        context.states.check();
        tail.check();
        await Promise.all(
          commands.all.map((connection, group) => connection.call((redis) => redis.exists(keys.due(group)))),
        );
      };

      return Context.make(EventLog, makeEventLog(appends, reachable, refused, memory, keys, options)).pipe(
        Context.add(History, makeHistory(commands, keys)),
        Context.add(Retention, makeRetention(commands, keys, options)),
        Context.add(LogTail, { follow: tail.follow }),
        Context.add(PresenceBoard, makePresenceBoard(commands, refused, memory, keys, options)),
        Context.add(Signals, signals),
        Context.add(Revisions, makeRevisions(commands, keys)),
      );
    }),
  );
