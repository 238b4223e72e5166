/**
 * The state machine of joining a room: on which connection the room is joined, or why it is not. The
 * connection's own state machine opens and loses connections, and reports them here with `up` and `down`.
 *
 *                 up                 joined
 *     waiting ──────────► joining ───────────► joined ──up (the next one)──► moving
 *        ▲ ▲               │  ▲ ▲                ▲ │                          │ │ │
 *        │ └─────down──────┤  │ └─down (the old)─│─│──────────────────────────┘ │ │
 *        │          for now│  │timer, up         │ └◄─joined, down (the next)───┘ │
 *        └──down── delayed ◄──┘                  │                              │
 *                          │ for good            └──down──► waiting             │
 *                          ▼                                                    │
 *                       refused ──up──► joining      (for good) refused ◄───────┘
 *
 *     (any state) ──leave──► left
 *
 * - A room is joined on at most one connection, and takes events only from that one. The next connection
 *   takes its place with a `joined`, which brings everything after the position that the client asked for. So
 *   nothing is lost; the `seq` shows which events came twice.
 * - At most one `join` of a room is without a reply on each connection. So the connection tells which request
 *   a reply belongs to.
 * - There is one timer. A change of the status cancels it, unless the same step sets it.
 */
import type { ErrorCode } from "../../wire/protocol.ts";
import { backoff } from "../connection/backoff.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { RoomStatus } from "./room.ts";
import { stay, stepIn, to, type EventOf, type StateOf, type Step, type Table } from "../state-machine.ts";

export interface JoinStates {
  /** There is no connection. */
  readonly waiting: object;
  /** A `join` was sent on this connection. `failed`: how many before it were refused for now. */
  readonly joining: { readonly connection: ConnectionId; readonly failed: number };
  /** The join was refused for now; the timer sends it again. */
  readonly delayed: { readonly connection: ConnectionId; readonly failed: number };
  readonly joined: { readonly connection: ConnectionId };
  /** Joined on `connection`. On `next` a `join` was sent (`isAsked`), or the timer will send it again. */
  readonly moving: {
    readonly connection: ConnectionId;
    readonly next: ConnectionId;
    readonly isAsked: boolean;
    readonly failed: number;
  };
  readonly refused: { readonly code: ErrorCode; readonly message: string };
  readonly left: object;
}

interface OfConnection {
  readonly connection: ConnectionId;
}

export interface JoinEvents {
  /** A `hello` was sent on this connection, so rooms can be joined on it. */
  readonly up: OfConnection;
  /** The connection has ended. */
  readonly down: OfConnection;
  /** The reply to the `join`. */
  readonly joined: OfConnection;
  /** The log lost its tail, and the server sends the room anew (R4). */
  readonly reset: OfConnection;
  readonly refused: OfConnection & {
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryAfterMs: number | undefined;
    /** In [0, 1). */
    readonly random: number;
  };
  readonly timer: object;
  readonly leave: object;
}

export type JoinEffect =
  | { readonly type: "join"; readonly connection: ConnectionId }
  | { readonly type: "leave"; readonly connection: ConnectionId }
  /** Take in the events of the `joined` that caused this step. */
  | { readonly type: "admit" }
  | { readonly type: "wait"; readonly ms: number }
  /** The connection contradicts itself. */
  | { readonly type: "giveUp"; readonly connection: ConnectionId };

export type JoinState = StateOf<JoinStates>;
export type JoinEvent = EventOf<JoinEvents>;
type In<S extends keyof JoinStates> = StateOf<JoinStates, S>;
type On<E extends keyof JoinEvents> = EventOf<JoinEvents, E>;
type Next = Step<JoinState, JoinEffect>;

const join = (connection: ConnectionId, failed = 0): Next =>
  to({ status: "joining", connection, failed }, { type: "join", connection });
const rejoin = (_: JoinState, { connection }: On<"up">): Next => join(connection);

const isForNow = (code: ErrorCode): boolean => code === "unavailable" || code === "rate_limited";
const delay = (failed: number, { retryAfterMs, random }: On<"refused">): JoinEffect => ({
  type: "wait",
  ms: (retryAfterMs ?? 0) + backoff(failed, random),
});

const leave = (...connections: readonly ConnectionId[]): Next =>
  to({ status: "left" }, ...connections.map((connection) => ({ type: "leave", connection }) as const));
const leaveConnection = ({ connection }: OfConnection): Next => leave(connection);
const leaveNone = (): Next => leave();

const down = (state: In<"joining" | "delayed" | "joined">, { connection }: On<"down">): Next =>
  connection === state.connection ? to({ status: "waiting" }) : stay(state);

export const JOIN: Table<JoinStates, JoinEvents, JoinEffect> = {
  waiting: {
    up: rejoin,
    down: stay,
    joined: stay,
    reset: stay,
    refused: stay,
    timer: stay,
    leave: leaveNone,
  },
  joining: {
    up: (state, event) => (event.connection === state.connection ? stay(state) : rejoin(state, event)),
    down,
    joined: (state, { connection }) =>
      connection === state.connection ? to({ status: "joined", connection }, { type: "admit" }) : stay(state),
    reset: stay,
    refused: (state, event) => {
      const { connection, failed } = state;
      if (event.connection !== connection) return stay(state);
      if (isForNow(event.code)) {
        return to({ status: "delayed", connection, failed: failed + 1 }, delay(failed, event));
      }
      if (event.code === "already_joined") return to({ status: "waiting" }, { type: "giveUp", connection });
      return to({ status: "refused", code: event.code, message: event.message });
    },
    timer: stay,
    leave: leaveConnection,
  },
  delayed: {
    up: rejoin,
    down,
    joined: stay,
    reset: stay,
    refused: stay,
    timer: ({ connection, failed }) => join(connection, failed),
    leave: leaveNone,
  },
  joined: {
    up: (state, { connection: next }) =>
      next === state.connection
        ? stay(state)
        : to(
            { status: "moving", connection: state.connection, next, isAsked: true, failed: 0 },
            { type: "join", connection: next },
          ),
    down,
    joined: stay,
    reset: (state, { connection }) =>
      connection === state.connection ? to(state, { type: "admit" }) : stay(state),
    refused: stay,
    timer: stay,
    leave: leaveConnection,
  },
  moving: {
    up: stay,
    down: (state, { connection }) => {
      const { next, isAsked, failed } = state;
      if (connection === next) return to({ status: "joined", connection: state.connection });
      if (connection !== state.connection) return stay(state);
      return isAsked
        ? to({ status: "joining", connection: next, failed })
        : to({ status: "delayed", connection: next, failed }, { type: "wait", ms: 0 });
    },
    joined: (state, { connection }) =>
      connection === state.next && state.isAsked
        ? to({ status: "joined", connection }, { type: "admit" })
        : stay(state),
    reset: (state, { connection }) =>
      connection === state.connection ? to(state, { type: "admit" }) : stay(state),
    refused: (state, event) => {
      const { next, isAsked, failed } = state;
      if (event.connection !== next || !isAsked) return stay(state);
      if (isForNow(event.code)) {
        return to({ ...state, isAsked: false, failed: failed + 1 }, delay(failed, event));
      }
      if (event.code === "already_joined") {
        return to({ status: "joined", connection: state.connection }, { type: "giveUp", connection: next });
      }
      return to({ status: "refused", code: event.code, message: event.message });
    },
    timer: (state) =>
      state.isAsked ? stay(state) : to({ ...state, isAsked: true }, { type: "join", connection: state.next }),
    leave: ({ connection, next }) => leave(connection, next),
  },
  refused: {
    up: rejoin,
    down: stay,
    joined: stay,
    reset: stay,
    refused: stay,
    timer: stay,
    leave: leaveNone,
  },
  left: { up: stay, down: stay, joined: stay, reset: stay, refused: stay, timer: stay, leave: stay },
};

export const stepJoin = stepIn(JOIN);

/** The connection on which the room is joined. */
export const joinedOn = (state: JoinState): ConnectionId | undefined =>
  state.status === "joined" || state.status === "moving" ? state.connection : undefined;

/** Whether a hand-over to this connection need not wait for the room. */
export const isOn = (state: JoinState, connection: ConnectionId): boolean =>
  state.status === "refused" ||
  state.status === "left" ||
  (state.status === "joined" && state.connection === connection);

/** The status that users of a room see. `missing`: how many events are still to come up to its head. */
export const roomStatus = (state: JoinState, missing: number): RoomStatus => {
  switch (state.status) {
    case "waiting":
    case "left":
      return { status: state.status };
    case "joining":
    case "delayed":
      return { status: "joining" };
    case "refused":
      return state;
    case "joined":
    case "moving":
      return missing > 0 ? { status: "catching up", missing } : { status: "live" };
  }
};
