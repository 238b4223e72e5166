/**
 * The port PresenceBoard in memory. The domain decides. A change and its entry in the log are one synchronous
 * step.
 */
import { Effect } from "effect";
import type { Members, Presence, PresenceBoard } from "../../app/ports/presence-board.ts";
import { EMPTY_HEAD } from "../../domain/position.ts";
import {
  decidePresence,
  EMPTY_BOARD,
  evolveBoard,
  factOf,
  type Board,
  type PresenceCommand,
} from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { MemoryStore } from "./memory-store.ts";

export const presenceBoard = (store: MemoryStore): PresenceBoard["Service"] => {
  const { now, leaseMs, graceMs } = store.options;
  const boardOf = (room: RoomName): Board => store.rooms.get(room)?.board ?? EMPTY_BOARD;

  const carryOut = (room: RoomName, command: PresenceCommand): void => {
    for (const change of decidePresence(command, boardOf(room))) {
      store.setBoard(room, evolveBoard(boardOf(room), change));
      const fact = factOf(change);
      if (fact !== undefined) store.append(room, fact);
    }
  };

  const forEach = (
    presences: readonly Presence[],
    commandOf: (presence: Presence, now: number) => PresenceCommand,
  ): Effect.Effect<void> =>
    Effect.sync(() => {
      const time = now();
      for (const presence of presences) carryOut(presence.room, commandOf(presence, time));
    });

  const members = (room: RoomName): Members => {
    const all = [...boardOf(room).members.values()];
    return {
      members: all.filter(({ listed }) => listed).map(({ id, name }) => ({ id, name })),
      memberCount: all.length,
      at: store.rooms.get(room)?.log.head ?? EMPTY_HEAD,
    };
  };

  return {
    enter: (presences) =>
      forEach(presences, ({ user, connection }, now) => ({
        type: "enter",
        user,
        connection,
        expiresAt: now + leaseMs,
      })),
    leave: (presences) => forEach(presences, ({ connection }) => ({ type: "leave", connection })),
    drop: (presences) =>
      forEach(presences, ({ connection }, now) => ({ type: "drop", connection, expiresAt: now + graceMs })),
    sweep: Effect.sync(() => {
      const time = now();
      for (const room of store.rooms.keys()) carryOut(room, { type: "sweep", now: time });
    }),
    members: (room) => Effect.sync(() => members(room)),
  };
};
