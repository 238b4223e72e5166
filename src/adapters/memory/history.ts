/**
 * The port History in memory. Each read is one synchronous step, so its parts belong to one moment.
 */
import { Effect } from "effect";
import type { History, PageAfter } from "../../app/ports/history.ts";
import { START, type Head, type Position } from "../../domain/position.ts";
import { positionStatus } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { MemoryStore } from "./memory-store.ts";
import { RoomLog } from "./room-log.ts";

const NOTHING = new RoomLog();

export const history = (store: MemoryStore): History["Service"] => {
  const logOf = (room: RoomName): RoomLog => store.rooms.get(room)?.log ?? NOTHING;

  const after = (room: RoomName, position: Position, limit: number): PageAfter => {
    const log = logOf(room);
    const status = positionStatus(position, log.at(position) !== undefined, log.first);
    return status === "held" ? { status, ...log.after(position, limit), head: log.head } : { status };
  };

  const hasDiverged = (room: RoomName, { id, seq }: Head): boolean => {
    const log = logOf(room);
    const found = log.at(id)?.seq === seq;
    return id !== START && positionStatus(id, found, log.first) === "unknown";
  };

  return {
    after: (room, position, limit) => Effect.sync(() => after(room, position, limit)),
    before: (room, position, limit) =>
      Effect.sync(() => {
        const log = logOf(room);
        return { ...log.before(position, limit), head: log.head };
      }),
    entry: (room, id) => Effect.sync(() => logOf(room).at(id)),
    diverged: (heads) =>
      Effect.sync(() => [...heads].filter(([room, head]) => hasDiverged(room, head)).map(([room]) => room)),
  };
};
