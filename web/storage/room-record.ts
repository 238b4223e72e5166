/**
 * The record of a room for the page's next start, which may be offline: the end of its log, one segment
 * without a gap.
 *
 * A record may be behind the log and never contradicts it. A gap ends the segment, and so does an event that
 * this version can't read, because a later version may read it. The text of a deleted message is not in it.
 */
import type { CachedRoom, Room, RoomEvent } from "../../src/client/index.ts";
import { messageOf } from "../../src/domain/message.ts";
import { decodeEvent } from "../../src/log/decode-event.ts";

/** How many events a record has at most. */
export const MOST_EVENTS = 200;
/** Too many events may follow an older record, so the newest are loaded instead of all that followed. */
export const OLD_AFTER_MS = 3_600_000;
/** Grows with each change of the record's format. A record of another format is ignored. */
const FORMAT = 1;

export interface RoomRecord {
  readonly format: number;
  /** When it was written, unix ms. */
  readonly at: number;
  readonly hasOlder: boolean;
  readonly events: readonly RoomEvent[];
}

const withoutText = (event: RoomEvent): RoomEvent => {
  if (event.type !== "message.posted" && event.type !== "message.edited") return event;
  const { text: _, ...rest } = event;
  return { ...rest, deleted: true };
};

/** Undefined where there is nothing to record. */
export const recordOf = (
  room: Pick<Room, "items" | "message" | "hasOlder">,
  now: number,
): RoomRecord | undefined => {
  const events: RoomEvent[] = [];
  let index = room.items.length - 1;
  for (; index >= 0 && events.length < MOST_EVENTS; index -= 1) {
    const item = room.items[index];
    if (item === undefined || item.type === "gap" || item.type === "unknown") break;
    const about = messageOf(item);
    const isDeleted = about !== undefined && room.message(about)?.deleted === true;
    events.push(isDeleted ? withoutText(item) : item);
  }
  if (events.length === 0) return undefined;
  return { format: FORMAT, at: now, hasOlder: index >= 0 || room.hasOlder, events: events.toReversed() };
};

/** Decodes a stored record. Undefined where the page can't rely on it. */
export const decodeRecord = (record: unknown, now: number): CachedRoom | undefined => {
  if (typeof record !== "object" || record === null) return undefined;
  if (!("format" in record && "at" in record && "hasOlder" in record && "events" in record)) return undefined;
  const { format, at, hasOlder, events: raw } = record;
  if (format !== FORMAT || typeof at !== "number" || typeof hasOlder !== "boolean" || !Array.isArray(raw)) {
    return undefined;
  }
  const events = raw.flatMap((event: unknown) => decodeEvent(event) ?? []);
  if (events.length === 0 || events.length < raw.length) return undefined;
  // A record from the future is old as well: the clock was set back.
  return { events, hasOlder, isOld: Math.abs(now - at) > OLD_AFTER_MS };
};
