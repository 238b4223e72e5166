/**
 * The transitions after a connection is lost: the server closed it, the network cut it, or the client gave it
 * up. During a hand-over the other connection takes over; otherwise the close code decides about the next try
 * (`close-codes.ts`).
 */
import { CLOSE } from "../../wire/protocol.ts";
import { backoff } from "./backoff.ts";
import { consequenceOf, CUT, GIVEN_UP, type StopReason } from "./close-codes.ts";
import {
  STABLE_MS,
  type ConnectionEffect,
  type ConnectionEvents,
  type ConnectionState,
  type ConnectionStates,
  type ConnectionId,
  type Live,
} from "./connection-state.ts";
import { stay, to, type EventOf, type StateOf, type Step } from "../state-machine.ts";

/** An overloaded server: the first try is within four seconds instead of one. */
const OVERLOADED_TRIES = 2;

export type Next = Step<ConnectionState, ConnectionEffect>;
export type In<S extends keyof ConnectionStates> = StateOf<ConnectionStates, S>;
export type On<E extends keyof ConnectionEvents> = EventOf<ConnectionEvents, E>;

export const stop = (
  reason: StopReason,
  message: string,
  connections: readonly ConnectionId[],
  code: number,
): Next => ({
  state: { status: "stopped", reason, message },
  effects: connections.flatMap((connection) => [
    { type: "drop", connection, code } as const,
    { type: "lost", connection } as const,
  ]),
});

const lose = (connection: ConnectionId): ConnectionEffect => ({ type: "lost", connection });

/** The only connection has ended with this close code. */
const after = (
  connection: ConnectionId,
  failed: number,
  { code, random }: { code: number; random: number },
): Next => {
  const lost = lose(connection);
  const wait = (tries: number, ms: number, renew: boolean): Next =>
    to({ status: "waiting", failed: tries + 1, renew }, lost, { type: "wait", ms });
  const consequence = consequenceOf(code);
  switch (consequence.action) {
    case "stay away":
      return to({ status: "stopped", reason: consequence.reason, message: consequence.message }, lost);
    case "reconnect at once":
      return wait(failed, failed === 0 ? 0 : backoff(failed, random), false);
    case "back off": {
      const tries = Math.max(failed, OVERLOADED_TRIES);
      return wait(tries, backoff(tries, random), false);
    }
    case "get a token":
      return failed === 0
        ? to({ status: "renewing", failed: 1 }, lost, { type: "renew" })
        : wait(failed, backoff(failed, random), true);
    case "reconnect":
      return wait(failed, backoff(failed, random), false);
  }
};

/** How many tries have failed, now that a live connection is gone: none, if it had lived long enough. */
const failedOf = ({ since, failed }: Live, now: number): number => (now - since >= STABLE_MS ? 0 : failed);

/** Puts effects in front of those of a step. */
const preceded = (step: Next, ...effects: readonly ConnectionEffect[]): Next => ({
  state: step.state,
  effects: [...effects, ...step.effects],
});

/** The states with one connection. */
export type Single = In<"opening"> | In<"greeting"> | In<"live"> | In<"warned">;
const failedTries = (state: Single, now: number): number =>
  state.status === "opening" || state.status === "greeting" ? state.failed : failedOf(state, now);

export const closed = (state: Single, event: On<"closed">): Next =>
  event.connection === state.connection
    ? after(state.connection, failedTries(state, event.now), event)
    : stay(state);

export const broken = (state: Single, event: On<"broken"> | On<"refused">): Next =>
  event.connection === state.connection
    ? preceded(after(state.connection, failedTries(state, event.now), { code: CUT, random: event.random }), {
        type: "drop",
        connection: state.connection,
        code: GIVEN_UP,
      })
    : stay(state);

export const refused = (state: Single, event: On<"refused">): Next =>
  event.stop !== undefined && event.connection === state.connection
    ? stop(event.stop.reason, event.stop.message, [state.connection], GIVEN_UP)
    : broken(state, event);

/** The next connection of a hand-over is gone. The old one still serves, and the client tries again. */
const moveLater = (
  { connection, since, failed, tries, next }: In<"moving">,
  random: number,
  code: number,
): Next =>
  to(
    { status: "warned", connection, since, failed, tries: tries + 1 },
    { type: "drop", connection: next, code },
    { type: "lost", connection: next },
    { type: "wait", ms: backoff(tries, random) },
  );

/** The old connection is gone before the end of the hand-over: the next one is the only one now. */
const moveOn = ({ connection, next, phase, nextSince, failed, warning }: In<"moving">): Next => {
  const lost = lose(connection);
  if (phase !== "live") return to({ status: phase, connection: next, failed }, lost);
  return preceded(settle({ connection: next, since: nextSince, failed: 0 }, warning), lost);
};

const settle = ({ connection, since, failed }: Live, warning: number | undefined): Next =>
  warning === undefined
    ? to({ status: "live", connection, since, failed })
    : to({ status: "warned", connection, since, failed, tries: 0 }, { type: "wait", ms: warning });

export const movingLost = (state: In<"moving">, event: On<"closed" | "broken" | "refused">): Next => {
  if (event.connection === state.next) return moveLater(state, event.random, GIVEN_UP);
  if (event.connection !== state.connection) return stay(state);
  return event.type === "closed"
    ? moveOn(state)
    : preceded(moveOn(state), { type: "drop", connection: state.connection, code: GIVEN_UP });
};

/**
 * The hand-over is complete. The user stays on the next connection, so the goodbye (1000) on the old one is
 * not a leave (P2).
 */
export const letGo = (state: In<"lingering">): Next =>
  preceded(
    settle(state, state.warning),
    { type: "drop", connection: state.old, code: CLOSE.goodbye },
    { type: "lost", connection: state.old },
  );

export const lingeringLost = (state: In<"lingering">, event: On<"closed" | "broken" | "refused">): Next => {
  if (event.connection === state.old) return letGo(state);
  if (event.connection !== state.connection) return stay(state);
  const dropped = [
    { type: "drop", connection: state.old, code: GIVEN_UP },
    { type: "lost", connection: state.old },
  ] as const;
  const failed = failedOf(state, event.now);
  return event.type === "closed"
    ? preceded(after(state.connection, failed, event), ...dropped)
    : preceded(after(state.connection, failed, { code: CUT, random: event.random }), ...dropped, {
        type: "drop",
        connection: state.connection,
        code: GIVEN_UP,
      });
};
