/**
 * What each event does in each state of the connection (`connection.ts` has the picture).
 */
import { CLOSE } from "../wire/protocol.ts";
import { backoff } from "./backoff.ts";
import { GIVEN_UP } from "./closing.ts";
import {
  LINGER_MS,
  type ConnectionEffect,
  type ConnectionEvents,
  type ConnectionStates,
  type LinkId,
} from "./connection.ts";
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
} from "./connection-loss.ts";
import { stay, stepIn, to, type Table } from "./machine.ts";

const open = (link: LinkId, failed: number): Next =>
  to({ status: "opening", link, failed }, { type: "open", link });

const unauthenticated = "The server does not accept this user, and there is no other token.";

const close = (...links: readonly LinkId[]): Next =>
  stop("closed", "The chat was closed.", links, CLOSE.goodbye);
const closeLink = ({ link }: Single): Next => close(link);
const probe = (state: In<"live" | "warned" | "moving" | "lingering">): Next =>
  to(state, { type: "probe", link: state.link });

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
