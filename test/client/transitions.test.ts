/**
 * Every cell of the transition tables. A new state or event needs samples here, or this file does not
 * compile.
 */
import { describe, expect, test } from "vitest";
import type {
  ConnectionEvent,
  ConnectionState,
  ConnectionId,
} from "../../src/client/connection/connection-state.ts";
import { stepConnection } from "../../src/client/connection/connection-transitions.ts";
import { stepJoin, type JoinEvent, type JoinState } from "../../src/client/room/join-state.ts";

type Samples<T extends { readonly status: string }> = {
  readonly [S in T["status"]]: readonly Extract<T, { readonly status: S }>[];
};
type Events<T extends { readonly type: string }> = {
  readonly [E in T["type"]]: readonly Extract<T, { readonly type: E }>[];
};

const live = { connection: 1, since: 0, failed: 0 };
const chance = { now: 10_000, random: 0.5 };
const moving = { ...live, status: "moving", next: 2, nextSince: 0, tries: 0, warning: undefined } as const;

const STATES: Samples<ConnectionState> = {
  waiting: [
    { status: "waiting", failed: 0, renew: false },
    { status: "waiting", failed: 3, renew: true },
  ],
  renewing: [{ status: "renewing", failed: 1 }],
  opening: [{ status: "opening", connection: 1, failed: 0 }],
  greeting: [{ status: "greeting", connection: 1, failed: 2 }],
  live: [{ status: "live", ...live }],
  warned: [{ status: "warned", ...live, tries: 0 }],
  moving: [
    { ...moving, phase: "opening" },
    { ...moving, phase: "greeting" },
    { ...moving, phase: "live" },
    { ...moving, phase: "live", warning: 5 },
  ],
  lingering: [
    { status: "lingering", ...live, connection: 2, old: 1, warning: undefined },
    { status: "lingering", ...live, connection: 2, old: 1, warning: 5 },
  ],
  stopped: [{ status: "stopped", reason: "closed", message: "" }],
};

const CONNECTIONS = [1, 2, 9];
const CODES = [1000, 1003, 1006, 1012, 1013, 4400, 4401, 4429];
const onConnections = <T>(make: (connection: ConnectionId) => T): readonly T[] =>
  CONNECTIONS.map((connection) => make(connection));
const stop = { reason: "refused", message: "" } as const;

const EVENTS: Events<ConnectionEvent> = {
  opened: onConnections((connection) => ({ type: "opened", connection })),
  welcomed: onConnections((connection) => ({ type: "welcomed", connection, ...chance })),
  refused: [
    ...onConnections((connection) => ({ type: "refused", connection, stop: undefined, ...chance }) as const),
    ...onConnections((connection) => ({ type: "refused", connection, stop, ...chance }) as const),
  ],
  closed: CODES.flatMap((code) =>
    onConnections((connection) => ({ type: "closed", connection, code, ...chance }) as const),
  ),
  broken: onConnections((connection) => ({ type: "broken", connection, ...chance })),
  goaway: onConnections((connection) => ({ type: "goaway", connection, afterMs: 7 })),
  timer: [{ type: "timer", connection: 9 }],
  wake: [{ type: "wake", connection: 9 }],
  renewed: [
    { type: "renewed", connection: 9, outcome: "ready", ...chance },
    { type: "renewed", connection: 9, outcome: "failed", ...chance },
    { type: "renewed", connection: 9, outcome: "none", ...chance },
  ],
  handedOver: [{ type: "handedOver" }],
  drained: [{ type: "drained" }],
  close: [{ type: "close" }],
};

const connectionsOf = (state: ConnectionState): readonly ConnectionId[] => {
  switch (state.status) {
    case "opening":
    case "greeting":
    case "live":
    case "warned":
      return [state.connection];
    case "moving":
      return [state.connection, state.next];
    case "lingering":
      return [state.connection, state.old];
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

describe("the transitions of the connection", () => {
  test("[R2] [G4] every cell reports a connection that goes as lost, and opens one that comes", () => {
    expect(cells.length).toBeGreaterThan(600);
    const wrong = cells.filter(({ state, event }) => {
      const next = stepConnection(state, event);
      const [before, after] = [connectionsOf(state), connectionsOf(next.state)];
      const lost = next.effects.flatMap((effect) => (effect.type === "lost" ? [effect.connection] : []));
      const opened = next.effects.flatMap((effect) => (effect.type === "open" ? [effect.connection] : []));
      const gone = before.filter((connection) => !after.includes(connection));
      const come = after.filter((connection) => !before.includes(connection));
      return lost.toSorted().join() !== gone.toSorted().join() || opened.join() !== come.join();
    });
    expect(wrong).toEqual([]);
  });

  test("[R2] a step into a state that waits for a timer or a token starts it", () => {
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

  test("[P2] only the user says goodbye, and the end of a hand-over on its old connection", () => {
    const rude = cells.filter(({ state, event }) =>
      stepConnection(state, event).effects.some((effect) => {
        if (effect.type !== "drop" || effect.code !== 1000 || event.type === "close") return false;
        return state.status !== "lingering" || effect.connection !== state.old;
      }),
    );
    expect(rude).toEqual([]);
  });

  test("[W4] a stopped chat stays stopped, and the user can stop it in every state", () => {
    const restless = cells.filter(
      ({ state, event }) =>
        (state.status === "stopped" || event.type === "close") &&
        stepConnection(state, event).state.status !== "stopped",
    );
    expect(restless).toEqual([]);
  });
});

const ROOMS: Samples<JoinState> = {
  waiting: [{ status: "waiting" }],
  joining: [{ status: "joining", connection: 1, failed: 0 }],
  delayed: [{ status: "delayed", connection: 1, failed: 1 }],
  joined: [{ status: "joined", connection: 1 }],
  moving: [
    { status: "moving", connection: 1, next: 2, isAsked: true, failed: 0 },
    { status: "moving", connection: 1, next: 2, isAsked: false, failed: 1 },
  ],
  refused: [{ status: "refused", code: "forbidden", message: "" }],
  left: [{ status: "left" }],
};
const refusals = (["unavailable", "already_joined", "forbidden"] as const).flatMap((code) =>
  onConnections(
    (connection) =>
      ({ type: "refused", connection, code, message: "", retryAfterMs: undefined, random: 0.5 }) as const,
  ),
);
const ROOM_EVENTS: Events<JoinEvent> = {
  up: onConnections((connection) => ({ type: "up", connection })),
  down: onConnections((connection) => ({ type: "down", connection })),
  joined: onConnections((connection) => ({ type: "joined", connection })),
  reset: onConnections((connection) => ({ type: "reset", connection })),
  refused: refusals,
  timer: [{ type: "timer" }],
  leave: [{ type: "leave" }],
};

const roomCells = Object.values(ROOMS).flatMap((states) =>
  states.flatMap((state) =>
    Object.values(ROOM_EVENTS).flatMap((events) =>
      events.map((event) => ({ state, event, next: stepJoin(state, event) })),
    ),
  ),
);
/** The connection from which the room takes events. */
const sourceOf = (state: JoinState): ConnectionId | undefined =>
  state.status === "joined" || state.status === "moving" ? state.connection : undefined;

describe("the transitions of a join", () => {
  test("[W4] no `join` is sent on a connection on which one is without a reply", () => {
    const waitsOn = (state: JoinState): ConnectionId | undefined => {
      if (state.status === "joining") return state.connection;
      return state.status === "moving" && state.isAsked ? state.next : undefined;
    };
    const doubled = roomCells.filter(({ state, next }) =>
      next.effects.some((effect) => effect.type === "join" && effect.connection === waitsOn(state)),
    );
    expect(doubled).toEqual([]);
  });

  test("[D2] a room takes events only from the connection whose `joined` it has admitted", () => {
    const unproven = roomCells.filter(({ state, next }) => {
      const source = sourceOf(next.state);
      const isNew = source !== undefined && source !== sourceOf(state);
      return isNew && !next.effects.some(({ type }) => type === "admit");
    });
    expect(unproven).toEqual([]);
  });

  test("[W4] a `join` goes to the connection on which the room waits for a reply", () => {
    const stray = roomCells.filter(({ next }) =>
      next.effects.some((effect) => {
        if (effect.type !== "join") return false;
        if (next.state.status === "joining") return effect.connection !== next.state.connection;
        return next.state.status !== "moving" || effect.connection !== next.state.next;
      }),
    );
    expect(stray).toEqual([]);
  });

  test("[D5] a delayed join is tried again", () => {
    const stuck = roomCells.filter(
      ({ state, next }) =>
        next.state.status === "delayed" &&
        state.status !== "delayed" &&
        !next.effects.some(({ type }) => type === "wait"),
    );
    expect(stuck).toEqual([]);
  });

  test("[P2] a left room stays left, and a room can be left in every state", () => {
    const restless = roomCells.filter(
      ({ state, event, next }) =>
        (state.status === "left" || event.type === "leave") && next.state.status !== "left",
    );
    expect(restless).toEqual([]);
  });
});
