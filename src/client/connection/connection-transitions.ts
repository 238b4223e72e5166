/**
 * The transitions of the connection: its next state and its effects for each event in each state.
 * `connection-state.ts` has the diagram.
 */
import { CLOSE } from "../../wire/protocol.ts";
import { backoff } from "./backoff.ts";
import { GIVEN_UP } from "./close-codes.ts";
import {
  LINGER_MS,
  type ConnectionEffect,
  type ConnectionEvents,
  type ConnectionStates,
  type ConnectionId,
} from "./connection-state.ts";
import {
  broken,
  closed,
  letGo,
  lingeringLost,
  movingLost,
  refused,
  stop,
  type In,
  type Next,
  type Single,
} from "./reconnect.ts";
import { stay, stepIn, to, type Table } from "../state-machine.ts";

/** `connection`: the number for the new connection. */
const open = (connection: ConnectionId, failed: number): Next =>
  to({ status: "opening", connection, failed }, { type: "open", connection });

const UNAUTHENTICATED = "The server does not accept this user, and there is no other token.";

const close = (...connections: readonly ConnectionId[]): Next =>
  stop("closed", "The chat was closed.", connections, CLOSE.goodbye);
const closeConnection = ({ connection }: Single): Next => close(connection);
const probe = (state: In<"live" | "warned" | "moving" | "lingering">): Next =>
  to(state, { type: "probe", connection: state.connection });

export const CONNECTION: Table<ConnectionStates, ConnectionEvents, ConnectionEffect> = {
  waiting: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed: stay,
    broken: stay,
    goaway: stay,
    timer: (state, { connection }) =>
      state.renew
        ? to({ status: "renewing", failed: state.failed }, { type: "renew" })
        : open(connection, state.failed),
    wake: (state, { connection }) =>
      state.renew ? to({ status: "renewing", failed: state.failed }, { type: "renew" }) : open(connection, 0),
    renewed: stay,
    handedOver: stay,
    drained: stay,
    close: () => close(),
  },
  renewing: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed: stay,
    broken: stay,
    goaway: stay,
    timer: stay,
    wake: stay,
    renewed: (state, { outcome, connection, random }) => {
      switch (outcome) {
        case "ready":
          return open(connection, state.failed);
        case "failed":
          return to(
            { status: "waiting", failed: state.failed + 1, renew: true },
            { type: "wait", ms: backoff(state.failed, random) },
          );
        case "none":
          return stop("unauthenticated", UNAUTHENTICATED, [], GIVEN_UP);
      }
    },
    handedOver: stay,
    drained: stay,
    close: () => close(),
  },
  opening: {
    opened: (state, { connection }) =>
      connection === state.connection
        ? to({ ...state, status: "greeting" }, { type: "greet", connection })
        : stay(state),
    welcomed: stay,
    refused,
    closed,
    broken,
    goaway: stay,
    timer: stay,
    wake: stay,
    renewed: stay,
    handedOver: stay,
    drained: stay,
    close: closeConnection,
  },
  greeting: {
    opened: stay,
    welcomed: (state, { connection, now }) =>
      connection === state.connection
        ? to({ status: "live", connection, since: now, failed: state.failed })
        : stay(state),
    refused,
    closed,
    broken,
    goaway: stay,
    timer: stay,
    wake: stay,
    renewed: stay,
    handedOver: stay,
    drained: stay,
    close: closeConnection,
  },
  live: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed,
    broken,
    goaway: (state, { connection, afterMs }) =>
      connection === state.connection
        ? to({ ...state, status: "warned", tries: 0 }, { type: "wait", ms: afterMs })
        : stay(state),
    timer: stay,
    wake: probe,
    renewed: stay,
    handedOver: stay,
    drained: stay,
    close: closeConnection,
  },
  warned: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed,
    broken,
    // A shutdown may follow a rotation, with an earlier deadline. Once a try has failed, the backoff sets the
    // pace.
    goaway: (state, { connection, afterMs }) =>
      connection === state.connection && state.tries === 0
        ? to(state, { type: "wait", ms: afterMs })
        : stay(state),
    timer: ({ connection, since, failed, tries }, { connection: next }) =>
      to(
        {
          status: "moving",
          connection,
          since,
          failed,
          tries,
          next,
          phase: "opening",
          nextSince: since,
          warning: undefined,
        },
        { type: "open", connection: next },
      ),
    wake: probe,
    renewed: stay,
    handedOver: stay,
    drained: stay,
    close: closeConnection,
  },
  moving: {
    opened: (state, { connection }) =>
      connection === state.next
        ? to({ ...state, phase: "greeting" }, { type: "greet", connection })
        : stay(state),
    welcomed: (state, { connection, now }) =>
      connection === state.next ? to({ ...state, phase: "live", nextSince: now }) : stay(state),
    refused: movingLost,
    closed: movingLost,
    broken: movingLost,
    goaway: (state, { connection, afterMs }) =>
      connection === state.next ? to({ ...state, warning: afterMs }) : stay(state),
    timer: stay,
    wake: probe,
    renewed: stay,
    handedOver: (state) =>
      state.phase === "live"
        ? to(
            {
              status: "lingering",
              connection: state.next,
              old: state.connection,
              since: state.nextSince,
              failed: 0,
              warning: state.warning,
            },
            { type: "wait", ms: LINGER_MS },
          )
        : stay(state),
    drained: stay,
    close: ({ connection, next }) => close(connection, next),
  },
  lingering: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed: lingeringLost,
    broken: lingeringLost,
    goaway: (state, { connection, afterMs }) =>
      connection === state.connection ? to({ ...state, warning: afterMs }) : stay(state),
    timer: letGo,
    wake: probe,
    renewed: stay,
    handedOver: stay,
    drained: letGo,
    close: ({ connection, old }) => close(connection, old),
  },
  stopped: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed: stay,
    broken: stay,
    goaway: stay,
    timer: stay,
    wake: stay,
    renewed: stay,
    handedOver: stay,
    drained: stay,
    close: stay,
  },
};

export const stepConnection = stepIn(CONNECTION);
