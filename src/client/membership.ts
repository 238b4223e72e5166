/**
 * A room's state machine: on which link it is joined, or why it is not. Links come and go by the connection's machine.
 *
 *                 up                 joined
 *     waiting ──────────► joining ───────────► joined ──up (the next link)──► moving
 *        ▲ ▲               │  ▲ ▲                ▲ │                           │ │ │
 *        │ └─────down──────┤  │ └─down (the old)─│─│───────────────────────────┘ │ │
 *        │          for now│  │timer, up         │ └◄─joined, down (the next)────┘ │
 *        └──down── delayed ◄──┘                  │                               │
 *                          │ for good            └──down──► waiting              │
 *                          ▼                                                     │
 *                       refused ──up──► joining      (for good) refused ◄────────┘       leave: any state ──► left
 *
 * - A room is joined on at most one link, from which alone its events are taken; the next one takes its place with its `joined`, which
 *   brings all that followed the position that was asked for. So nothing is lost, and what both links bring is dropped by its `seq`.
 * - There is one timer, called off whenever the status changes, unless the same step sets it.
 * - A `ref` for a frame, should one be sent, comes with the event.
 */
import type { ErrorCode } from "../wire/protocol.ts";
import { backoff } from "./backoff.ts";
import type { LinkId } from "./connection.ts";
import type { RoomStatus } from "./room.ts";
import { stay, stepIn, to, type EventOf, type StateOf, type Step, type Table } from "./machine.ts";

export interface MembershipStates {
  readonly waiting: object;
  readonly joining: { readonly link: LinkId; readonly ref: string; readonly failed: number };
  readonly delayed: { readonly link: LinkId; readonly failed: number };
  readonly joined: { readonly link: LinkId };
  /** Joined on `link`; asked on `next`, or about to ask again where there is no `ref`. */
  readonly moving: {
    readonly link: LinkId;
    readonly next: LinkId;
    readonly ref: string | undefined;
    readonly failed: number;
  };
  readonly refused: { readonly code: ErrorCode; readonly message: string };
  readonly left: object;
}

export interface MembershipEvents {
  /** A link says hello: join on it. */
  readonly up: { readonly link: LinkId; readonly ref: string };
  readonly down: { readonly link: LinkId };
  /** Without `ref`: the log lost its tail (R4). */
  readonly joined: { readonly link: LinkId; readonly ref: string | undefined };
  readonly refused: {
    readonly link: LinkId;
    readonly ref: string;
    readonly code: ErrorCode;
    readonly message: string;
    readonly retryAfterMs: number | undefined;
    readonly random: number;
  };
  readonly timer: { readonly ref: string };
  readonly leave: { readonly ref: string };
}

export type MembershipEffect =
  | { readonly type: "join"; readonly link: LinkId; readonly ref: string }
  | { readonly type: "leave"; readonly link: LinkId; readonly ref: string }
  /** Take in what this `joined` brings. */
  | { readonly type: "admit" }
  | { readonly type: "wait"; readonly ms: number }
  /** The link contradicts itself. */
  | { readonly type: "distrust"; readonly link: LinkId };

export type MembershipState = StateOf<MembershipStates>;
export type MembershipEvent = EventOf<MembershipEvents>;
type In<S extends keyof MembershipStates> = StateOf<MembershipStates, S>;
type On<E extends keyof MembershipEvents> = EventOf<MembershipEvents, E>;
type Next = Step<MembershipState, MembershipEffect>;

const join = (link: LinkId, ref: string, failed = 0): Next =>
  to({ status: "joining", link, ref, failed }, { type: "join", link, ref });
const rejoin = (_: MembershipState, { link, ref }: On<"up">): Next => join(link, ref);

const isForNow = (code: ErrorCode): boolean => code === "unavailable" || code === "rate_limited";
const delay = (failed: number, { retryAfterMs, random }: On<"refused">): MembershipEffect => ({
  type: "wait",
  ms: (retryAfterMs ?? 0) + backoff(failed, random),
});

const leave = (...links: readonly LinkId[]): ((ref: string) => Next) => {
  return (ref) => to({ status: "left" }, ...links.map((link) => ({ type: "leave", link, ref }) as const));
};
const leaveLink = ({ link }: { readonly link: LinkId }, { ref }: On<"leave">): Next => leave(link)(ref);
const leaveNone = (): Next => to({ status: "left" });

const down = (state: In<"joining" | "delayed" | "joined">, { link }: On<"down">): Next =>
  link === state.link ? to({ status: "waiting" }) : stay(state);

export const MEMBERSHIP: Table<MembershipStates, MembershipEvents, MembershipEffect> = {
  waiting: { up: rejoin, down: stay, joined: stay, refused: stay, timer: stay, leave: leaveNone },
  joining: {
    up: rejoin,
    down,
    joined: (state, { link, ref }) =>
      link === state.link && ref === state.ref
        ? to({ status: "joined", link }, { type: "admit" })
        : stay(state),
    refused: (state, event) => {
      const { link, ref, failed } = state;
      if (event.link !== link || event.ref !== ref) return stay(state);
      if (isForNow(event.code)) {
        return to({ status: "delayed", link, failed: failed + 1 }, delay(failed, event));
      }
      if (event.code === "already_joined") return to({ status: "waiting" }, { type: "distrust", link });
      return to({ status: "refused", code: event.code, message: event.message });
    },
    timer: stay,
    leave: leaveLink,
  },
  delayed: {
    up: rejoin,
    down,
    joined: stay,
    refused: stay,
    timer: ({ link, failed }, { ref }) => join(link, ref, failed),
    leave: leaveNone,
  },
  joined: {
    up: (state, { link: next, ref }) =>
      next === state.link
        ? stay(state)
        : to({ status: "moving", link: state.link, next, ref, failed: 0 }, { type: "join", link: next, ref }),
    down,
    joined: (state, { link, ref }) =>
      link === state.link && ref === undefined ? to(state, { type: "admit" }) : stay(state),
    refused: stay,
    timer: stay,
    leave: leaveLink,
  },
  moving: {
    up: stay,
    down: (state, { link }) => {
      const { next, ref, failed } = state;
      if (link === next) return to({ status: "joined", link: state.link });
      if (link !== state.link) return stay(state);
      return ref === undefined
        ? to({ status: "delayed", link: next, failed }, { type: "wait", ms: 0 })
        : to({ status: "joining", link: next, ref, failed });
    },
    joined: (state, { link, ref }) => {
      if (link === state.next && ref === state.ref) return to({ status: "joined", link }, { type: "admit" });
      return link === state.link && ref === undefined ? to(state, { type: "admit" }) : stay(state);
    },
    refused: (state, event) => {
      const { next, ref, failed } = state;
      if (event.link !== next || event.ref !== ref) return stay(state);
      if (isForNow(event.code)) {
        return to({ ...state, ref: undefined, failed: failed + 1 }, delay(failed, event));
      }
      if (event.code === "already_joined") {
        return to({ status: "joined", link: state.link }, { type: "distrust", link: next });
      }
      return to({ status: "refused", code: event.code, message: event.message });
    },
    timer: (state, { ref }) =>
      state.ref === undefined ? to({ ...state, ref }, { type: "join", link: state.next, ref }) : stay(state),
    leave: ({ link, next }, { ref }) => leave(link, next)(ref),
  },
  refused: { up: rejoin, down: stay, joined: stay, refused: stay, timer: stay, leave: leaveNone },
  left: { up: stay, down: stay, joined: stay, refused: stay, timer: stay, leave: stay },
};

export const stepMembership = stepIn(MEMBERSHIP);

/** The link on which the room is joined. */
export const joinedOn = (state: MembershipState): LinkId | undefined =>
  state.status === "joined" || state.status === "moving" ? state.link : undefined;

/** Whether what this link says of the room counts. */
export const listensTo = (state: MembershipState, link: LinkId): boolean => joinedOn(state) === link;

/** Whether a hand-over to this link need not wait for the room. */
export const isOn = (state: MembershipState, link: LinkId): boolean =>
  state.status === "refused" || state.status === "left" || (state.status === "joined" && state.link === link);

/** What its readers are shown of a room. `missing`: how many events are to come up to its head. */
export const roomStatus = (state: MembershipState, missing: number): RoomStatus => {
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
