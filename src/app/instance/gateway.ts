/**
 * The gateway: the interface of an instance for its transports. A transport lets each caller be admitted,
 * opens a session or an event stream for it, and closes that again. One clock serves all open connections. A
 * drain moves them to other instances.
 */
import { Clock, Context, Effect, FiberSet, Layer, Scope } from "effect";
import { parseConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { Admission, type Admitted } from "../admission/admission.ts";
import { NewRooms } from "../admission/new-rooms.ts";
import { Commands } from "../commands/commands.ts";
import { Feeds } from "../fan-out/feeds.ts";
import type { From } from "../fan-out/joining.ts";
import { TypingGate } from "../fan-out/typing-gate.ts";
import { Entropy } from "../ports/entropy.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import { History } from "../ports/history.ts";
import { Identity } from "../ports/identity.ts";
import { PresenceBoard } from "../ports/presence-board.ts";
import { Retention } from "../ports/retention.ts";
import { Signals } from "../ports/signals.ts";
import type { SessionDependencies } from "../session/dependencies.ts";
import { EventStream, type StreamSink } from "../session/event-stream.ts";
import { Lifetime } from "../session/lifetime.ts";
import type { OpenConnection } from "../session/open-connection.ts";
import { Session } from "../session/session.ts";
import type { Transport } from "../session/transport.ts";
import { runClock, tickPeriod } from "./clock.ts";
import { Counters } from "./counters.ts";
import { askForUpgrade, drainAll } from "./drain.ts";
import { MemoryBudget } from "./memory-budget.ts";
import { Settings } from "./settings.ts";

/** The memory of an open connection, with its socket, its session and some rooms (docs/operations.md). */
const CONNECTION_BYTES = 12 * 1024;
/** The memory of a request while it is answered: its body, and a page of usual messages. */
const REQUEST_BYTES = 128 * 1024;

export class Gateway extends Context.Service<
  Gateway,
  {
    readonly counters: Counters;
    /** Every way in begins here. A transport releases what was admitted when it has ended. */
    readonly admission: Admission;
    readonly newRooms: NewRooms;
    /** The memory that clients cause. */
    readonly memory: MemoryBudget;
    readonly openSession: (transport: Transport, admitted: Admitted) => Session;
    /** The connection of the session has ended, with this close code. */
    readonly closeSession: (session: Session, code: number) => void;
    /** Succeeds when the stream has written its beginning. */
    readonly openStream: (
      room: RoomName,
      from: From,
      sink: StreamSink,
      admitted: Admitted,
    ) => Effect.Effect<EventStream, LogUnavailable>;
    /**
     * Has the clock look after what is open beside sessions and streams, until the returned function is
     * called.
     */
    readonly lookAfter: (connection: OpenConnection) => () => void;
    /** The bytes that wait for slow readers, on all connections (D4). */
    readonly unsent: () => number;
    /** Asks all present connections to move, evenly over two minutes (G3). */
    readonly upgrade: Effect.Effect<void>;
    /** Asks all to move, and succeeds when none is left; within 8 s in any case (G2). */
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
      const now = (): number => clock.currentTimeMillisUnsafe();
      const connections = new Set<OpenConnection>();
      const unsent = (): number => {
        let bytes = 0;
        for (const connection of connections) bytes += connection.unsent;
        return bytes;
      };
      const memory: MemoryBudget = new MemoryBudget(
        settings.memoryBudgetBytes,
        {
          connections: () => (admission.open("websocket") + admission.open("stream")) * CONNECTION_BYTES,
          requests: () => admission.open("request") * REQUEST_BYTES,
          backlogs: feeds.bytes,
          unsent,
          buckets: () => admission.bytes + newRooms.bytes,
        },
        now,
      );
      const isFull = (): boolean => memory.isExhausted;
      const admission = new Admission(settings, yield* Identity, now, isFull);
      const history = yield* History;
      const newRooms = new NewRooms(settings.newRooms, feeds, history, now);
      const dependencies: SessionDependencies = {
        settings,
        history,
        board,
        signals: yield* Signals,
        admission,
        newRooms,
        typing: new TypingGate(),
        feeds,
        commands: yield* Commands,
        counters: new Counters(),
        fork: yield* FiberSet.makeRuntime<never, void, never>(),
        now,
      };
      yield* runClock({ settings, board, feeds, retention: yield* Retention, connections, memory, now });

      const lifetime = (): Lifetime =>
        new Lifetime(now(), settings.requestTimeoutMs, tickPeriod(settings), entropy.fraction());

      return {
        counters: dependencies.counters,
        admission,
        newRooms,
        memory,
        openSession: (transport, admitted) => {
          const connection = parseConnectionId(entropy.id());
          const session = new Session(dependencies, transport, connection, admitted, lifetime());
          connections.add(session);
          dependencies.counters.connectionsOpened += 1;
          return session;
        },
        closeSession: (session, code) => {
          session.ended(code);
          connections.delete(session);
        },
        openStream: (room, from, sink, { caller, release }) =>
          Effect.gen(function* () {
            const stream = new EventStream({
              connection: parseConnectionId(entropy.id()),
              sink,
              caller,
              lifetime: lifetime(),
              heartbeatMs: settings.heartbeatMs,
              slowReaderBytes: settings.slowReaderBytes,
              onEnded: (stream) => {
                connections.delete(stream);
                release();
                dependencies.fork(stream.close());
              },
            });
            connections.add(stream);
            const { cursor } = yield* feeds.subscribe(room, stream, from).pipe(
              Scope.provide(stream.scope),
              Effect.onError(() => Effect.sync(() => stream.end())),
            );
            stream.cursor = cursor;
            return stream;
          }),
        lookAfter: (connection) => {
          connections.add(connection);
          return () => connections.delete(connection);
        },
        unsent,
        upgrade: Effect.sync(() => askForUpgrade(connections, now())),
        drain: Effect.suspend(() => {
          admission.drain();
          return drainAll(connections, now);
        }),
      } satisfies Gateway["Service"];
    }),
  );
}
