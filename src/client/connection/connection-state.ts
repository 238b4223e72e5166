/**
 * The state machine of a chat's connection: when to open a WebSocket, when to give it up, when to stop. A
 * hand-over has two of them open.
 *
 *                       timer, wake                opened              welcomed
 *      ┌──► waiting ───────────────► opening ───────────► greeting ───────────► live ◄─────────────┐
 *      │     │   ▲                      │ closed             │ closed            │ │ goaway         │
 *      │     │   └──────────────────────┴────────────────────┴───────────────────┘ ▼                │
 *      │ timer  ▲                                             (next one lost)    warned             │
 *      ▼     ▼  │ failed                                      ┌───────────────►  │ timer           │
 *     renewing ─┘                                             └─────────────── moving              │
 *        │ none                                                                  │ handed over      │
 *        ▼                  closed by the user, or for good                      ▼  drained, timer  │
 *     stopped ◄──────────────────────── (any state) ─────────────────────── lingering ─────────────┘
 *
 * - A `goaway` leads through `warned`, `moving` and `lingering` (G1, G4). The old connection serves until
 *   every room is joined on the next one, and then for a moment more, until its replies have come.
 * - There is one timer. A change of the status cancels it, unless the same step sets it.
 * - The events bring the numbers for new connections, the time and the random numbers.
 *
 * This file has the states, the events and the effects; `connection-transitions.ts` has the transitions.
 */
import type { StopReason } from "./close-codes.ts";
import type { EventOf, StateOf } from "../state-machine.ts";

/** Numbers the WebSocket connections of a chat: 1, 2, 3 and so on. */
export type ConnectionId = number;

/**
 * A connection that lived shorter than this counts as a failed try, so that a server that accepts and then
 * cuts is not flooded.
 */
export const STABLE_MS = 2_000;
/**
 * How long an old connection may wait for replies. Requests without a reply by then are sent again on the
 * next one.
 */
export const LINGER_MS = 1_000;
/** The progress of the next connection of a hand-over. */
type Phase = "opening" | "greeting" | "live";

export interface Live {
  readonly connection: ConnectionId;
  /** When the welcome came, in unix ms. */
  readonly since: number;
  /** How many tries had failed before this connection. */
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
    /** The `afterMs` of a `goaway` on the next connection. */
    readonly warning: number | undefined;
  };
  readonly lingering: Live & { readonly old: ConnectionId; readonly warning: number | undefined };
  readonly stopped: { readonly reason: StopReason; readonly message: string };
}

interface NowAndRandom {
  /** Unix ms. */
  readonly now: number;
  /** In [0, 1). */
  readonly random: number;
}
interface OfConnection {
  readonly connection: ConnectionId;
}

export interface ConnectionEvents {
  readonly opened: OfConnection;
  readonly welcomed: OfConnection & NowAndRandom;
  /** The server refused a `hello`; for good, if `stop` has a reason. */
  readonly refused: OfConnection &
    NowAndRandom & { readonly stop: { reason: StopReason; message: string } | undefined };
  readonly closed: OfConnection & NowAndRandom & { readonly code: number };
  /** The connection was silent for too long, left out an event, or contradicts itself. */
  readonly broken: OfConnection & NowAndRandom;
  readonly goaway: OfConnection & { readonly afterMs: number };
  /**
   * `connection`: the number for a new connection, if this step opens one. The same holds for `wake` and
   * `renewed`.
   */
  readonly timer: OfConnection;
  readonly wake: OfConnection;
  /** The end of `renew`: there is a new token, there was none this time, or there is no way to get one. */
  readonly renewed: OfConnection & NowAndRandom & { readonly outcome: "ready" | "failed" | "none" };
  /** Every room is joined on the next connection. */
  readonly handedOver: object;
  /** No reply is to come on the old connection any more. */
  readonly drained: object;
  readonly close: object;
}

export type ConnectionEffect =
  | { readonly type: "open"; readonly connection: ConnectionId }
  /** Send `hello` and the joins of all rooms. */
  | { readonly type: "greet"; readonly connection: ConnectionId }
  | { readonly type: "drop"; readonly connection: ConnectionId; readonly code: number }
  /** The connection is gone: rooms are not joined on it any more, and no reply will come. */
  | { readonly type: "lost"; readonly connection: ConnectionId }
  /** Find out whether the server still answers. */
  | { readonly type: "probe"; readonly connection: ConnectionId }
  | { readonly type: "wait"; readonly ms: number }
  /** Get another token. */
  | { readonly type: "renew" };

export type ConnectionState = StateOf<ConnectionStates>;
export type ConnectionEvent = EventOf<ConnectionEvents>;

/** The connections on which `hello` was sent. */
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
