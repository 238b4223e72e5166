/**
 * The port History on SQLite. Each read is one synchronous step, so it sees the log at a single moment.
 */
import type { History, PageAfter, PageBefore } from "../../app/ports/history.ts";
import { EMPTY_HEAD, START, type Head, type Position } from "../../domain/position.ts";
import { positionStatus } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { reading } from "./reading.ts";
import type { RoomLog } from "./room-log.ts";

export const history = (log: RoomLog): History["Service"] => {
  const after = (room: RoomName, position: Position, limit: number): PageAfter => {
    const key = log.find(room);
    if (key === undefined) {
      const status = positionStatus(position, false, undefined);
      return status === "held" ? { status, entries: [], more: false, head: EMPTY_HEAD } : { status };
    }
    const at = log.at(key, position);
    const status = positionStatus(position, at !== undefined, log.first(key));
    if (status !== "held") return { status };
    const seq = at?.seq ?? 0;
    const entries = log.following(key, seq, limit);
    const head = log.head(key);
    return { status, entries, more: (entries.at(-1)?.seq ?? seq) < head.seq, head };
  };

  const before = (room: RoomName, position: Position | undefined, limit: number): PageBefore => {
    const key = log.find(room);
    if (key === undefined) return { entries: [], more: false, head: EMPTY_HEAD };
    const head = log.head(key);
    const last = position === undefined ? head.seq : log.seqBelow(key, position);
    const entries = log.upTo(key, last, limit);
    const oldest = entries[0]?.seq ?? last + 1;
    return { entries, more: oldest > (log.first(key)?.seq ?? oldest), head };
  };

  const hasDiverged = (room: RoomName, head: Head): boolean => {
    const key = log.find(room);
    if (head.id === START) return false;
    if (key === undefined) return true;
    const found = log.at(key, head.id)?.seq === head.seq;
    return positionStatus(head.id, found, log.first(key)) === "unknown";
  };

  return {
    after: (room, position, limit) => reading(() => after(room, position, limit)),
    before: (room, position, limit) => reading(() => before(room, position, limit)),
    entry: (room, id) =>
      reading(() => {
        const key = log.find(room);
        return key === undefined ? undefined : log.at(key, id);
      }),
    diverged: (heads) =>
      reading(() => [...heads].filter(([room, head]) => hasDiverged(room, head)).map(([room]) => room)),
  };
};
