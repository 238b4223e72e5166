/**
 * A room's state machine: on which connection it is joined, or why it is not. Connections come and go by the connection's machine.
 *
 *                 up                 joined
 *     waiting ──────────► joining ───────────► joined ──up (the next connection)──► moving
 *        ▲ ▲               │  ▲ ▲                ▲ │                           │ │ │
 *        │ └─────down──────┤  │ └─down (the old)─│─│───────────────────────────┘ │ │
 *        │          for now│  │timer, up         │ └◄─joined, down (the next)────┘ │
 *        └──down── delayed ◄──┘                  │                               │
 *                          │ for good            └──down──► waiting              │
 *                          ▼                                                     │
 *                       refused ──up──► joining      (for good) refused ◄────────┘       leave: any state ──► left
 *
 * - A room is joined on at most one connection, from which alone its events are taken; the next one takes its place with its `joined`, which
 *   brings all that followed the position that was asked for. So nothing is lost, and what both connections bring is dropped by its `seq`.
 * - There is one timer, called off whenever the status changes, unless the same step sets it.
 * - A `ref` for a frame, should one be sent, comes with the event.
 */
import type { ErrorCode } from "../../wire/protocol.ts";
import { backoff } from "../connection/backoff.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { RoomStatus } from "./room.ts";
import { stay, stepIn, to, type EventOf, type StateOf, type Step, type Table } from "../state-machine.ts";

export interface JoinStates {
  readonly waiting: object;
  readonly joining: { readonly connection: ConnectionId; readonly ref: string; readonly failed: number };
  readonly delayed: { readonly connection: ConnectionId; readonly failed: number };
  readonly joined: { readonly connection: ConnectionId };
  /** Joined on `connection`; asked on `next`, or about to ask again where there is no `ref`. */
  readonly moving: {
    readonly connection: ConnectionId;
    readonly next: ConnectionId;
    readonly ref: string | undefined;
    readonly failed: number;
  };
  readonly refused: { readonly code: ErrorCode; readonly message: string };
  readonly left: object;
}

export interface JoinEvents {
  /** A connection says hello: join on it. */
  readonly up: { readonly connection: ConnectionId; readonly ref: string };
  readonly down: { readonly connection: ConnectionId };
  /** Without `ref`: the log lost its tail (R4). */
  readonly joined: { readonly connection: ConnectionId; readonly ref: string | undefined };
  readonly refused: {
    readonly connection: ConnectionId;
    readonly ref: string;
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryAfterMs: number | undefined;
    readonly random: number;
  };
  readonly timer: { readonly ref: string };
  readonly leave: { readonly ref: string };
}

export type JoinEffect =
  | { readonly type: "join"; readonly connection: ConnectionId; readonly ref: string }
  | { readonly type: "leave"; readonly connection: ConnectionId; readonly ref: string }
  /** Take in what this `joined` brings. */
  | { readonly type: "admit" }
  | { readonly type: "wait"; readonly ms: number }
  /** The connection contradicts itself. */
  | { readonly type: "distrust"; readonly connection: ConnectionId };

export type JoinState = StateOf<JoinStates>;
export type JoinEvent = EventOf<JoinEvents>;
type In<S extends keyof JoinStates> = StateOf<JoinStates, S>;
type On<E extends keyof JoinEvents> = EventOf<JoinEvents, E>;
type Next = Step<JoinState, JoinEffect>;

const join = (connection: ConnectionId, ref: string, failed = 0): Next =>
  to({ status: "joining", connection, ref, failed }, { type: "join", connection, ref });
const rejoin = (_: JoinState, { connection, ref }: On<"up">): Next => join(connection, ref);

const isForNow = (code: ErrorCode): boolean => code === "unavailable" || code === "rate_limited";
const delay = (failed: number, { retryAfterMs, random }: On<"refused">): JoinEffect => ({
  type: "wait",
  ms: (retryAfterMs ?? 0) + backoff(failed, random),
});

const leave = (...connections: readonly ConnectionId[]): ((ref: string) => Next) => {
  return (ref) =>
    to({ status: "left" }, ...connections.map((connection) => ({ type: "leave", connection, ref }) as const));
};
const leaveConnection = ({ connection }: { readonly connection: ConnectionId }, { ref }: On<"leave">): Next =>
  leave(connection)(ref);
const leaveNone = (): Next => to({ status: "left" });

const down = (state: In<"joining" | "delayed" | "joined">, { connection }: On<"down">): Next =>
  connection === state.connection ? to({ status: "waiting" }) : stay(state);

export const JOIN: Table<JoinStates, JoinEvents, JoinEffect> = {
  waiting: { up: rejoin, down: stay, joined: stay, refused: stay, timer: stay, leave: leaveNone },
  joining: {
    up: rejoin,
    down,
    joined: (state, { connection, ref }) =>
      connection === state.connection && ref === state.ref
        ? to({ status: "joined", connection }, { type: "admit" })
        : stay(state),
    refused: (state, event) => {
      const { connection, ref, failed } = state;
      if (event.connection !== connection || event.ref !== ref) return stay(state);
      if (isForNow(event.code)) {
        return to({ status: "delayed", connection, failed: failed + 1 }, delay(failed, event));
      }
      if (event.code === "already_joined") return to({ status: "waiting" }, { type: "distrust", connection });
      return to({ status: "refused", code: event.code, message: event.message });
    },
    timer: stay,
    leave: leaveConnection,
  },
  delayed: {
    up: rejoin,
    down,
    joined: stay,
    refused: stay,
    timer: ({ connection, failed }, { ref }) => join(connection, ref, failed),
    leave: leaveNone,
  },
  joined: {
    up: (state, { connection: next, ref }) =>
      next === state.connection
        ? stay(state)
        : to(
            { status: "moving", connection: state.connection, next, ref, failed: 0 },
            { type: "join", connection: next, ref },
          ),
    down,
    joined: (state, { connection, ref }) =>
      connection === state.connection && ref === undefined ? to(state, { type: "admit" }) : stay(state),
    refused: stay,
    timer: stay,
    leave: leaveConnection,
  },
  moving: {
    up: stay,
    down: (state, { connection }) => {
      const { next, ref, failed } = state;
      if (connection === next) return to({ status: "joined", connection: state.connection });
      if (connection !== state.connection) return stay(state);
      return ref === undefined
        ? to({ status: "delayed", connection: next, failed }, { type: "wait", ms: 0 })
        : to({ status: "joining", connection: next, ref, failed });
    },
    joined: (state, { connection, ref }) => {
      if (connection === state.next && ref === state.ref)
        return to({ status: "joined", connection }, { type: "admit" });
      return connection === state.connection && ref === undefined
        ? to(state, { type: "admit" })
        : stay(state);
    },
    refused: (state, event) => {
      const { next, ref, failed } = state;
      if (event.connection !== next || event.ref !== ref) return stay(state);
      if (isForNow(event.code)) {
        return to({ ...state, ref: undefined, failed: failed + 1 }, delay(failed, event));
      }
      if (event.code === "already_joined") {
        return to({ status: "joined", connection: state.connection }, { type: "distrust", connection: next });
      }
      return to({ status: "refused", code: event.code, message: event.message });
    },
    timer: (state, { ref }) =>
      state.ref === undefined
        ? to({ ...state, ref }, { type: "join", connection: state.next, ref })
        : stay(state),
    leave: ({ connection, next }, { ref }) => leave(connection, next)(ref),
  },
  refused: { up: rejoin, down: stay, joined: stay, refused: stay, timer: stay, leave: leaveNone },
  left: { up: stay, down: stay, joined: stay, refused: stay, timer: stay, leave: stay },
};

export const stepJoin = stepIn(JOIN);

/** The connection on which the room is joined. */
export const joinedOn = (state: JoinState): ConnectionId | undefined =>
  state.status === "joined" || state.status === "moving" ? state.connection : undefined;

/** Whether what this connection says of the room counts. */
export const listensTo = (state: JoinState, connection: ConnectionId): boolean =>
  joinedOn(state) === connection;

/** Whether a hand-over to this connection need not wait for the room. */
export const isOn = (state: JoinState, connection: ConnectionId): boolean =>
  state.status === "refused" ||
  state.status === "left" ||
  (state.status === "joined" && state.connection === connection);

/** What its readers are shown of a room. `missing`: how many events are to come up to its head. */
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
