/**
 * What each event does in each state of the connection (`connection.ts` has the picture).
 */
import { CLOSE } from "../wire/protocol.ts";
import { backoff } from "./backoff.ts";
import type { StopReason } from "./chat.ts";
import { consequenceOf, CUT, GIVEN_UP } from "./closing.ts";
import {
  LINGER_MS,
  STABLE_MS,
  type ConnectionEffect,
  type ConnectionEvents,
  type ConnectionState,
  type ConnectionStates,
  type LinkId,
  type Live,
} from "./connection.ts";
import { stay, stepIn, to, type EventOf, type StateOf, type Step, type Table } from "./machine.ts";

/** Overloaded: the first try is within four seconds instead of one. */
const OVERLOADED_TRIES = 2;

type Next = Step<ConnectionState, ConnectionEffect>;
type In<S extends keyof ConnectionStates> = StateOf<ConnectionStates, S>;
type On<E extends keyof ConnectionEvents> = EventOf<ConnectionEvents, E>;

const open = (link: LinkId, failed: number): Next =>
  to({ status: "opening", link, failed }, { type: "open", link });

const stop = (reason: StopReason, message: string, links: readonly LinkId[], code: number): Next => ({
  state: { status: "stopped", reason, message },
  effects: links.flatMap((link) => [{ type: "drop", link, code } as const, { type: "lost", link } as const]),
});

const unauthenticated = "The server does not accept this user, and there is no other token.";

const lose = (link: LinkId): ConnectionEffect => ({ type: "lost", link });

/** The only link has closed. */
const after = (link: LinkId, failed: number, { code, random }: { code: number; random: number }): Next => {
  const lost = lose(link);
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

/** How many tries have failed once a live link is gone: none, if it had lived for a while. */
const failedOf = ({ since, failed }: Live, now: number): number => (now - since >= STABLE_MS ? 0 : failed);

const calledOff = (step: Next, ...effects: readonly ConnectionEffect[]): Next => ({
  state: step.state,
  effects: [...effects, ...step.effects],
});

type Single = In<"opening"> | In<"greeting"> | In<"live"> | In<"warned">;
const single = (state: Single, now: number): number =>
  state.status === "opening" || state.status === "greeting" ? state.failed : failedOf(state, now);

const closed = (state: Single, event: On<"closed">): Next =>
  event.link === state.link ? after(state.link, single(state, event.now), event) : stay(state);

const broken = (state: Single, event: On<"broken"> | On<"refused">): Next =>
  event.link === state.link
    ? calledOff(after(state.link, single(state, event.now), { code: CUT, random: event.random }), {
        type: "drop",
        link: state.link,
        code: GIVEN_UP,
      })
    : stay(state);

const refused = (state: Single, event: On<"refused">): Next =>
  event.stop !== undefined && event.link === state.link
    ? stop(event.stop.reason, event.stop.message, [state.link], GIVEN_UP)
    : broken(state, event);

const close = (...links: readonly LinkId[]): Next =>
  stop("closed", "The chat was closed.", links, CLOSE.goodbye);
const closeLink = ({ link }: Single): Next => close(link);
const probe = (state: In<"live" | "warned" | "moving" | "lingering">): Next =>
  to(state, { type: "probe", link: state.link });

/** The hand-over's next link is gone: the old one still serves, and another try is made while it does. */
const moveLater = ({ link, since, failed, tries, next }: In<"moving">, random: number, code: number): Next =>
  to(
    { status: "warned", link, since, failed, tries: tries + 1 },
    { type: "drop", link: next, code },
    { type: "lost", link: next },
    { type: "wait", ms: backoff(tries, random) },
  );

/** The old link is gone before the hand-over was done: the next one is the only one now. */
const moveOn = ({ link, next, phase, nextSince, failed, warning }: In<"moving">): Next => {
  const lost = lose(link);
  if (phase !== "live") return to({ status: phase, link: next, failed }, lost);
  return calledOff(settle({ link: next, since: nextSince, failed: 0 }, warning), lost);
};

const settle = ({ link, since, failed }: Live, warning: number | undefined): Next =>
  warning === undefined
    ? to({ status: "live", link, since, failed })
    : to({ status: "warned", link, since, failed, tries: 0 }, { type: "wait", ms: warning });

const movingLost = (state: In<"moving">, event: On<"closed" | "broken" | "refused">): Next => {
  if (event.link === state.next) return moveLater(state, event.random, GIVEN_UP);
  if (event.link !== state.link) return stay(state);
  return event.type === "closed"
    ? moveOn(state)
    : calledOff(moveOn(state), { type: "drop", link: state.link, code: GIVEN_UP });
};

/** The old link has done its service. Its user stays, by the next one, so this goodbye is nobody's leave (P2). */
const letGo = (state: In<"lingering">): Next =>
  calledOff(
    settle(state, state.warning),
    { type: "drop", link: state.old, code: CLOSE.goodbye },
    { type: "lost", link: state.old },
  );

const lingeringLost = (state: In<"lingering">, event: On<"closed" | "broken" | "refused">): Next => {
  if (event.link === state.old) return letGo(state);
  if (event.link !== state.link) return stay(state);
  const dropped = [
    { type: "drop", link: state.old, code: GIVEN_UP },
    { type: "lost", link: state.old },
  ] as const;
  const failed = failedOf(state, event.now);
  return event.type === "closed"
    ? calledOff(after(state.link, failed, event), ...dropped)
    : calledOff(after(state.link, failed, { code: CUT, random: event.random }), ...dropped, {
        type: "drop",
        link: state.link,
        code: GIVEN_UP,
      });
};

export const CONNECTION: Table<ConnectionStates, ConnectionEvents, ConnectionEffect> = {
  waiting: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed: stay,
    broken: stay,
    goaway: stay,
    timer: (state, { link }) =>
      state.renew
        ? to({ status: "renewing", failed: state.failed }, { type: "renew" })
        : open(link, state.failed),
    wake: (state, { link }) =>
      state.renew ? to({ status: "renewing", failed: state.failed }, { type: "renew" }) : open(link, 0),
    renewed: stay,
    handedOver: stay,
    quiet: stay,
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
    renewed: (state, { outcome, link, random }) => {
      switch (outcome) {
        case "ready":
          return open(link, state.failed);
        case "failed":
          return to(
            { status: "waiting", failed: state.failed + 1, renew: true },
            { type: "wait", ms: backoff(state.failed, random) },
          );
        case "none":
          return stop("unauthenticated", unauthenticated, [], GIVEN_UP);
      }
    },
    handedOver: stay,
    quiet: stay,
    close: () => close(),
  },
  opening: {
    opened: (state, { link }) =>
      link === state.link ? to({ ...state, status: "greeting" }, { type: "greet", link }) : stay(state),
    welcomed: stay,
    refused,
    closed,
    broken,
    goaway: stay,
    timer: stay,
    wake: stay,
    renewed: stay,
    handedOver: stay,
    quiet: stay,
    close: closeLink,
  },
  greeting: {
    opened: stay,
    welcomed: (state, { link, now }) =>
      link === state.link ? to({ status: "live", link, since: now, failed: state.failed }) : stay(state),
    refused,
    closed,
    broken,
    goaway: stay,
    timer: stay,
    wake: stay,
    renewed: stay,
    handedOver: stay,
    quiet: stay,
    close: closeLink,
  },
  live: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed,
    broken,
    goaway: (state, { link, afterMs }) =>
      link === state.link
        ? to({ ...state, status: "warned", tries: 0 }, { type: "wait", ms: afterMs })
        : stay(state),
    timer: stay,
    wake: probe,
    renewed: stay,
    handedOver: stay,
    quiet: stay,
    close: closeLink,
  },
  warned: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed,
    broken,
    // A shutdown may overtake a rotation. Tries that are under way go on at their own pace.
    goaway: (state, { link, afterMs }) =>
      link === state.link && state.tries === 0 ? to(state, { type: "wait", ms: afterMs }) : stay(state),
    timer: ({ link, since, failed, tries }, { link: next }) =>
      to(
        {
          status: "moving",
          link,
          since,
          failed,
          tries,
          next,
          phase: "opening",
          nextSince: since,
          warning: undefined,
        },
        { type: "open", link: next },
      ),
    wake: probe,
    renewed: stay,
    handedOver: stay,
    quiet: stay,
    close: closeLink,
  },
  moving: {
    opened: (state, { link }) =>
      link === state.next ? to({ ...state, phase: "greeting" }, { type: "greet", link }) : stay(state),
    welcomed: (state, { link, now }) =>
      link === state.next ? to({ ...state, phase: "live", nextSince: now }) : stay(state),
    refused: movingLost,
    closed: movingLost,
    broken: movingLost,
    goaway: (state, { link, afterMs }) =>
      link === state.next ? to({ ...state, warning: afterMs }) : stay(state),
    timer: stay,
    wake: probe,
    renewed: stay,
    handedOver: (state) =>
      state.phase === "live"
        ? to(
            {
              status: "lingering",
              link: state.next,
              old: state.link,
              since: state.nextSince,
              failed: 0,
              warning: state.warning,
            },
            { type: "wait", ms: LINGER_MS },
          )
        : stay(state),
    quiet: stay,
    close: ({ link, next }) => close(link, next),
  },
  lingering: {
    opened: stay,
    welcomed: stay,
    refused: stay,
    closed: lingeringLost,
    broken: lingeringLost,
    goaway: (state, { link, afterMs }) =>
      link === state.link ? to({ ...state, warning: afterMs }) : stay(state),
    timer: letGo,
    wake: probe,
    renewed: stay,
    handedOver: stay,
    quiet: letGo,
    close: ({ link, old }) => close(link, old),
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
    quiet: stay,
    close: stay,
  },
};

export const stepConnection = stepIn(CONNECTION);
