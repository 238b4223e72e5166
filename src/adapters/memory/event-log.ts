/**
 * The port EventLog in memory. An append is one synchronous step, so it is atomic and in calling order.
 */
import { Effect } from "effect";
import type { AppendOutcome, EventLog } from "../../app/ports/event-log.ts";
import { targetOf, type MessageFact } from "../../domain/event.ts";
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { eventOf } from "../../log/decode-event.ts";
import type { MemoryStore } from "./memory-store.ts";

export const eventLog = (store: MemoryStore): EventLog["Service"] => {
  const isStanding = (room: RoomName, message: Position): boolean => {
    const entry = store.rooms.get(room)?.log.at(message);
    const event = entry && eventOf(entry);
    return event?.type === "message.posted" && event.deleted !== true;
  };

  /** The contract gives the order of the checks (I1): first the target, then the key. */
  const append = (room: RoomName, fact: MessageFact): AppendOutcome => {
    const target = targetOf(fact);
    if (target !== undefined && !isStanding(room, target)) return { tag: "gone" };
    const now = store.options.now();
    const first = store.keys.find(room, fact, now);
    if (first !== undefined) return { tag: "appended", at: first, duplicate: true };
    const at = store.append(room, fact);
    store.keys.keep(room, fact, at, now);
    return { tag: "appended", at, duplicate: false };
  };

  return {
    append: (room, fact) => Effect.sync(() => append(room, fact)),
    reachable: Effect.void,
  };
};
