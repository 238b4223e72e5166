/**
 * What is kept of a room for when the page opens without the network: the end of its log, one stretch with no hole in it.
 *
 * It may be behind the log, and is never wrong about it: a gap ends it, and so does an event that this version can't read, which a later one may. The text of
 * a message that was deleted is not in it.
 */
import type { CachedRoom, Room } from "../../src/client/index.ts";
import type { RoomEvent } from "../../src/domain/event.ts";
import { messageOf } from "../../src/domain/message.ts";
import { decodeEvent } from "../../src/log/decode-event.ts";

/** How many events are kept of a room. */
export const MOST_KEPT = 200;
/** After so long all that followed may be very much: the newest are asked for instead. */
export const OLD_AFTER_MS = 3_600_000;
/** Grows with each change of what a record is; one of another form is as good as none. */
const FORM = 1;

export interface KeptRecord {
  readonly form: number;
  /** When it was kept, unix ms. */
  readonly at: number;
  readonly hasOlder: boolean;
  readonly events: readonly RoomEvent[];
}

const withoutText = (event: RoomEvent): RoomEvent => {
  if (event.type !== "message.posted" && event.type !== "message.edited") return event;
  const { text: _, ...rest } = event;
  return { ...rest, deleted: true };
};

/** Undefined where there is nothing to keep. */
export const recordOf = (
  room: Pick<Room, "items" | "message" | "hasOlder">,
  now: number,
): KeptRecord | undefined => {
  const events: RoomEvent[] = [];
  let index = room.items.length - 1;
  for (; index >= 0 && events.length < MOST_KEPT; index -= 1) {
    const item = room.items[index];
    if (item === undefined || item.type === "gap" || item.type === "unknown") break;
    const about = messageOf(item);
    const isDeleted = about !== undefined && room.message(about)?.deleted === true;
    events.push(isDeleted ? withoutText(item) : item);
  }
  if (events.length === 0) return undefined;
  return { form: FORM, at: now, hasOlder: index >= 0 || room.hasOlder, events: events.toReversed() };
};

/** A record as it was read from the device: undefined where it can't be relied on. */
export const keptRoomOf = (record: unknown, now: number): CachedRoom | undefined => {
  if (typeof record !== "object" || record === null) return undefined;
  if (!("form" in record && "at" in record && "hasOlder" in record && "events" in record)) return undefined;
  const { form, at, hasOlder, events: raw } = record;
  if (form !== FORM || typeof at !== "number" || typeof hasOlder !== "boolean" || !Array.isArray(raw)) {
    return undefined;
  }
  const events = raw.flatMap((event: unknown) => decodeEvent(event) ?? []);
  if (events.length === 0 || events.length < raw.length) return undefined;
  // A clock that was set back makes it old as well.
  return { events, hasOlder, isOld: Math.abs(now - at) > OLD_AFTER_MS };
};
