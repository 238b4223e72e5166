/**
 * The connection's state machine: when to open a connection, when to give it up, when to stay away. A connection is one WebSocket, known by a number.
 *
 *                       timer, wake                opened              welcomed
 *      ┌──► waiting ───────────────► opening ───────────► greeting ───────────► live ◄─────────────┐
 *      │     │   ▲                      │ closed             │ closed            │ │ goaway         │
 *      │     │   └──────────────────────┴────────────────────┴───────────────────┘ ▼                │
 *      │ timer  ▲                                             (next lost)         warned             │
 *      ▼     ▼  │ failed                                      ┌───────────────►  │ timer           │
 *     renewing ─┘                                             └─────────────── moving              │
 *        │ none                                                                  │ handed over      │
 *        ▼                    closed by the user, or for good                    ▼    quiet, timer  │
 *     stopped ◄──────────────────────── (any state) ─────────────────────── lingering ─────────────┘
 *
 * - `warned`, `moving` and `lingering` are what a `goaway` leads through (G1, G4): the old connection serves until every room is on the next one,
 *   and for a moment more, until what is in flight on it has been answered.
 * - There is one timer. It is called off whenever the status changes, unless the same step sets it.
 * - Numbers for new connections, the time and dice come with the events.
 *
 * The states, the events and the effects are here; what each event does in each state is in `connection-transitions.ts`.
 */
import type { ChatStatus, StopReason } from "../chat/chat.ts";
import type { EventOf, StateOf } from "../state-machine.ts";

export type ConnectionId = number;

/** A connection that lived shorter than this counts as a try that failed, so that a server that accepts and cuts is not stormed. */
export const STABLE_MS = 2_000;
/** How long an old connection is kept for the answers to what is in flight on it. What has none by then is sent again on the next. */
export const LINGER_MS = 1_000;
/** The next connection of a hand-over, and how far it has come. */
type Phase = "opening" | "greeting" | "live";

export interface Live {
  readonly connection: ConnectionId;
  /** When it was welcomed. */
  readonly since: number;
  /** How many tries had failed before it. */
  readonly failed: number;
}

export interface ConnectionStates {
  readonly waiting: { readonly failed: number; readonly renew: boolean };
  readonly renewing: { readonly failed: number };
  readonly opening: { readonly connection: ConnectionId; readonly failed: number };
  readonly greeting: { readonly connection: ConnectionId; readonly failed: number };
  readonly live: Live;
  readonly warned: Live & { readonly tries: number };
  readonly moving: Live & {
    readonly next: ConnectionId;
    readonly phase: Phase;
    readonly nextSince: number;
    readonly tries: number;
    /** The next connection was told to go away as well, after so long. */
    readonly warning: number | undefined;
  };
  readonly lingering: Live & { readonly old: ConnectionId; readonly warning: number | undefined };
  readonly stopped: { readonly reason: StopReason; readonly message: string };
}

interface Chance {
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
}
interface OfConnection {
  readonly connection: ConnectionId;
}

export interface ConnectionEvents {
  readonly opened: OfConnection;
  readonly welcomed: OfConnection & Chance;
  /** `hello` was refused. For good, if there is a reason to stop. */
  readonly refused: OfConnection &
    Chance & { readonly stop: { reason: StopReason; message: string } | undefined };
  readonly closed: OfConnection & Chance & { readonly code: number };
  /** Nothing was heard for too long, or it left something out: not to be relied on any more. */
  readonly broken: OfConnection & Chance;
  readonly goaway: OfConnection & { readonly afterMs: number };
  /** `connection` is the number of the connection to be opened, if one is. */
  readonly timer: OfConnection;
  readonly wake: OfConnection;
  /** A token was asked for: there is one, there was none this time, or there is no way to one. */
  readonly renewed: OfConnection & Chance & { readonly outcome: "ready" | "failed" | "none" };
  /** Every room is on the next connection. */
  readonly handedOver: Chance;
  /** Nothing is in flight on the old connection any more. */
  readonly quiet: Chance;
  readonly close: Chance;
}

export type ConnectionEffect =
  | { readonly type: "open"; readonly connection: ConnectionId }
  /** Say hello on it, and join on it. */
  | { readonly type: "greet"; readonly connection: ConnectionId }
  | { readonly type: "drop"; readonly connection: ConnectionId; readonly code: number }
  /** It is gone: what was joined or in flight on it no longer is. */
  | { readonly type: "lost"; readonly connection: ConnectionId }
  /** Find out whether it is still there. */
  | { readonly type: "probe"; readonly connection: ConnectionId }
  | { readonly type: "wait"; readonly ms: number }
  | { readonly type: "renew" };

export type ConnectionState = StateOf<ConnectionStates>;
export type ConnectionEvent = EventOf<ConnectionEvents>;

/** The connections on which hello was said. */
export const greeted = (state: ConnectionState): readonly ConnectionId[] => {
  switch (state.status) {
    case "greeting":
    case "live":
    case "warned":
    case "lingering":
      return [state.connection];
    case "moving":
      return state.phase === "opening" ? [state.connection] : [state.connection, state.next];
    case "waiting":
    case "renewing":
    case "opening":
    case "stopped":
      return [];
  }
};

/** What its user is shown of a connection. `retryAt`: when the timer that is set rings. */
export const chatStatus = (state: ConnectionState, retryAt: number): ChatStatus => {
  switch (state.status) {
    case "renewing":
    case "opening":
    case "greeting":
      return { status: "connecting" };
    case "live":
    case "warned":
    case "moving":
    case "lingering":
      return { status: "live" };
    case "waiting":
      return { status: "offline", retryAt };
    case "stopped":
      return state;
  }
};
