/**
 * What becomes of a connection whose link is gone: closed by the server, cut, or given up. While there is another link, that one takes its place;
 * else the next try is as the close code asks (`closing.ts`).
 */
import { CLOSE } from "../wire/protocol.ts";
import { backoff } from "./backoff.ts";
import type { StopReason } from "./chat.ts";
import { consequenceOf, CUT, GIVEN_UP } from "./closing.ts";
import {
  STABLE_MS,
  type ConnectionEffect,
  type ConnectionEvents,
  type ConnectionState,
  type ConnectionStates,
  type LinkId,
  type Live,
} from "./connection.ts";
import { stay, to, type EventOf, type StateOf, type Step } from "./machine.ts";

/** Overloaded: the first try is within four seconds instead of one. */
const OVERLOADED_TRIES = 2;

export type Next = Step<ConnectionState, ConnectionEffect>;
export type In<S extends keyof ConnectionStates> = StateOf<ConnectionStates, S>;
export type On<E extends keyof ConnectionEvents> = EventOf<ConnectionEvents, E>;

export const stop = (reason: StopReason, message: string, links: readonly LinkId[], code: number): Next => ({
  state: { status: "stopped", reason, message },
  effects: links.flatMap((link) => [{ type: "drop", link, code } as const, { type: "lost", link } as const]),
});

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

export type Single = In<"opening"> | In<"greeting"> | In<"live"> | In<"warned">;
const single = (state: Single, now: number): number =>
  state.status === "opening" || state.status === "greeting" ? state.failed : failedOf(state, now);

export const closed = (state: Single, event: On<"closed">): Next =>
  event.link === state.link ? after(state.link, single(state, event.now), event) : stay(state);

export const broken = (state: Single, event: On<"broken"> | On<"refused">): Next =>
  event.link === state.link
    ? calledOff(after(state.link, single(state, event.now), { code: CUT, random: event.random }), {
        type: "drop",
        link: state.link,
        code: GIVEN_UP,
      })
    : stay(state);

export const refused = (state: Single, event: On<"refused">): Next =>
  event.stop !== undefined && event.link === state.link
    ? stop(event.stop.reason, event.stop.message, [state.link], GIVEN_UP)
    : broken(state, event);

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

export const movingLost = (state: In<"moving">, event: On<"closed" | "broken" | "refused">): Next => {
  if (event.link === state.next) return moveLater(state, event.random, GIVEN_UP);
  if (event.link !== state.link) return stay(state);
  return event.type === "closed"
    ? moveOn(state)
    : calledOff(moveOn(state), { type: "drop", link: state.link, code: GIVEN_UP });
};

/** The old link has done its service. Its user stays, by the next one, so this goodbye is nobody's leave (P2). */
export const letGo = (state: In<"lingering">): Next =>
  calledOff(
    settle(state, state.warning),
    { type: "drop", link: state.old, code: CLOSE.goodbye },
    { type: "lost", link: state.old },
  );

export const lingeringLost = (state: In<"lingering">, event: On<"closed" | "broken" | "refused">): Next => {
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
