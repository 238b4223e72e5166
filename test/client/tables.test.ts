/**
 * The transition tables, each cell of them. A state or an event without a sample here does not compile, as one without a cell does not.
 */
import { describe, expect, test } from "vitest";
import type { ConnectionEvent, ConnectionState, LinkId } from "../../src/client/connection.ts";
import { stepConnection } from "../../src/client/connection-table.ts";
import { stepMembership, type MembershipEvent, type MembershipState } from "../../src/client/membership.ts";

type Samples<T extends { readonly status: string }> = {
  readonly [S in T["status"]]: readonly Extract<T, { readonly status: S }>[];
};
type Events<T extends { readonly type: string }> = {
  readonly [E in T["type"]]: readonly Extract<T, { readonly type: E }>[];
};

const live = { link: 1, since: 0, failed: 0 };
const chance = { now: 10_000, random: 0.5 };
const moving = { ...live, status: "moving", next: 2, nextSince: 0, tries: 0, warning: undefined } as const;

const STATES: Samples<ConnectionState> = {
  waiting: [
    { status: "waiting", failed: 0, renew: false },
    { status: "waiting", failed: 3, renew: true },
  ],
  renewing: [{ status: "renewing", failed: 1 }],
  opening: [{ status: "opening", link: 1, failed: 0 }],
  greeting: [{ status: "greeting", link: 1, failed: 2 }],
  live: [{ status: "live", ...live }],
  warned: [{ status: "warned", ...live, tries: 0 }],
  moving: [
    { ...moving, phase: "opening" },
    { ...moving, phase: "greeting" },
    { ...moving, phase: "live" },
    { ...moving, phase: "live", warning: 5 },
  ],
  lingering: [
    { status: "lingering", ...live, link: 2, old: 1, warning: undefined },
    { status: "lingering", ...live, link: 2, old: 1, warning: 5 },
  ],
  stopped: [{ status: "stopped", reason: "closed", message: "" }],
};

const LINKS = [1, 2, 9];
const CODES = [1000, 1003, 1006, 1012, 1013, 4400, 4401, 4429];
const onLinks = <T>(make: (link: LinkId) => T): readonly T[] => LINKS.map((link) => make(link));
const stop = { reason: "refused", message: "" } as const;

const EVENTS: Events<ConnectionEvent> = {
  opened: onLinks((link) => ({ type: "opened", link })),
  welcomed: onLinks((link) => ({ type: "welcomed", link, ...chance })),
  refused: [
    ...onLinks((link) => ({ type: "refused", link, stop: undefined, ...chance }) as const),
    ...onLinks((link) => ({ type: "refused", link, stop, ...chance }) as const),
  ],
  closed: CODES.flatMap((code) => onLinks((link) => ({ type: "closed", link, code, ...chance }) as const)),
  broken: onLinks((link) => ({ type: "broken", link, ...chance })),
  goaway: onLinks((link) => ({ type: "goaway", link, afterMs: 7 })),
  timer: [{ type: "timer", link: 9 }],
  wake: [{ type: "wake", link: 9 }],
  renewed: [
    { type: "renewed", link: 9, outcome: "ready", ...chance },
    { type: "renewed", link: 9, outcome: "failed", ...chance },
    { type: "renewed", link: 9, outcome: "none", ...chance },
  ],
  handedOver: [{ type: "handedOver", ...chance }],
  quiet: [{ type: "quiet", ...chance }],
  close: [{ type: "close", ...chance }],
};

const linksOf = (state: ConnectionState): readonly LinkId[] => {
  switch (state.status) {
    case "opening":
    case "greeting":
    case "live":
    case "warned":
      return [state.link];
    case "moving":
      return [state.link, state.next];
    case "lingering":
      return [state.link, state.old];
    case "waiting":
    case "renewing":
    case "stopped":
      return [];
  }
};

const cells = Object.values(STATES).flatMap((states) =>
  states.flatMap((state) =>
    Object.values(EVENTS).flatMap((events) => events.map((event) => ({ state, event }))),
  ),
);

describe("the connection's table", () => {
  test("[R2] [G4] a link that goes is told as lost, and one that comes is opened, in every cell", () => {
    expect(cells.length).toBeGreaterThan(600);
    const wrong = cells.filter(({ state, event }) => {
      const next = stepConnection(state, event);
      const [before, after] = [linksOf(state), linksOf(next.state)];
      const lost = next.effects.flatMap((effect) => (effect.type === "lost" ? [effect.link] : []));
      const opened = next.effects.flatMap((effect) => (effect.type === "open" ? [effect.link] : []));
      const gone = before.filter((link) => !after.includes(link));
      const come = after.filter((link) => !before.includes(link));
      return lost.toSorted().join() !== gone.toSorted().join() || opened.join() !== come.join();
    });
    expect(wrong).toEqual([]);
  });

  test("[R2] no state is entered in which nothing would ever happen", () => {
    const needs = new Map([
      ["waiting", "wait"],
      ["warned", "wait"],
      ["lingering", "wait"],
      ["renewing", "renew"],
    ]);
    const stuck = cells.filter(({ state, event }) => {
      const next = stepConnection(state, event);
      const needed = next.state.status === state.status ? undefined : needs.get(next.state.status);
      return needed !== undefined && !next.effects.some(({ type }) => type === needed);
    });
    expect(stuck).toEqual([]);
  });

  test("[P2] goodbye is said by the user alone, or on a link that was handed over", () => {
    const rude = cells.filter(({ state, event }) =>
      stepConnection(state, event).effects.some((effect) => {
        if (effect.type !== "drop" || effect.code !== 1000 || event.type === "close") return false;
        return state.status !== "lingering" || effect.link !== state.old;
      }),
    );
    expect(rude).toEqual([]);
  });

  test("[W4] what is stopped stays so, and the user can always stop it", () => {
    const restless = cells.filter(
      ({ state, event }) =>
        (state.status === "stopped" || event.type === "close") &&
        stepConnection(state, event).state.status !== "stopped",
    );
    expect(restless).toEqual([]);
  });
});

const ROOMS: Samples<MembershipState> = {
  waiting: [{ status: "waiting" }],
  joining: [{ status: "joining", link: 1, ref: "r1", failed: 0 }],
  delayed: [{ status: "delayed", link: 1, failed: 1 }],
  joined: [{ status: "joined", link: 1 }],
  moving: [
    { status: "moving", link: 1, next: 2, ref: "r2", failed: 0 },
    { status: "moving", link: 1, next: 2, ref: undefined, failed: 1 },
  ],
  refused: [{ status: "refused", code: "forbidden", message: "" }],
  left: [{ status: "left" }],
};
const REFS = ["r1", "r2", "r9"];
const refusals = (["unavailable", "already_joined", "forbidden"] as const).flatMap((code) =>
  REFS.flatMap((ref) =>
    onLinks(
      (link) =>
        ({ type: "refused", link, ref, code, message: "", retryAfterMs: undefined, random: 0.5 }) as const,
    ),
  ),
);
const ROOM_EVENTS: Events<MembershipEvent> = {
  up: onLinks((link) => ({ type: "up", link, ref: "new" })),
  down: onLinks((link) => ({ type: "down", link })),
  joined: [...REFS, undefined].flatMap((ref) => onLinks((link) => ({ type: "joined", link, ref }) as const)),
  refused: refusals,
  timer: [{ type: "timer", ref: "new" }],
  leave: [{ type: "leave", ref: "new" }],
};

const roomCells = Object.values(ROOMS).flatMap((states) =>
  states.flatMap((state) =>
    Object.values(ROOM_EVENTS).flatMap((events) =>
      events.map((event) => ({ state, event, next: stepMembership(state, event) })),
    ),
  ),
);
/** The link whose events are taken in. */
const sourceOf = (state: MembershipState): LinkId | undefined =>
  state.status === "joined" || state.status === "moving" ? state.link : undefined;

describe("a membership's table", () => {
  test("[D2] events are taken from one link, the one whose `joined` was taken in", () => {
    const unproven = roomCells.filter(({ state, next }) => {
      const source = sourceOf(next.state);
      const isNew = source !== undefined && source !== sourceOf(state);
      return isNew && !next.effects.some(({ type }) => type === "admit");
    });
    expect(unproven).toEqual([]);
  });

  test("[W4] a join goes to the link that the room waits for", () => {
    const stray = roomCells.filter(({ next }) =>
      next.effects.some((effect) => {
        if (effect.type !== "join") return false;
        if (next.state.status === "joining") return effect.link !== next.state.link;
        return next.state.status !== "moving" || effect.link !== next.state.next;
      }),
    );
    expect(stray).toEqual([]);
  });

  test("[D5] what is put off is taken up again", () => {
    const stuck = roomCells.filter(
      ({ state, next }) =>
        next.state.status === "delayed" &&
        state.status !== "delayed" &&
        !next.effects.some(({ type }) => type === "wait"),
    );
    expect(stuck).toEqual([]);
  });

  test("[P2] a room that was left stays so, and can be left in every state", () => {
    const restless = roomCells.filter(
      ({ state, event, next }) =>
        (state.status === "left" || event.type === "leave") && next.state.status !== "left",
    );
    expect(restless).toEqual([]);
  });
});
