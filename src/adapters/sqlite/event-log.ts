/**
 * The port EventLog on SQLite. An append is one write of the group commit, so appends are atomic and stored
 * in the order of the calls.
 */
import { Effect } from "effect";
import type { AppendOutcome, EventLog } from "../../app/ports/event-log.ts";
import { targetOf, type MessageFact } from "../../domain/event.ts";
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { eventOf } from "../../log/decode-event.ts";
import type { Appended, GroupCommit } from "./group-commit.ts";
import type { IdempotencyKeys } from "./idempotency-keys.ts";
import { reading } from "./reading.ts";
import type { RoomKey, RoomLog } from "./room-log.ts";

interface Parts {
  readonly commits: GroupCommit;
  readonly log: RoomLog;
  readonly keys: IdempotencyKeys;
  readonly now: () => number;
}

export const eventLog = ({ commits, log, keys, now }: Parts): EventLog["Service"] => {
  const isAvailable = (key: RoomKey, message: Position): boolean => {
    const entry = log.at(key, message);
    const event = entry && eventOf(entry);
    return event?.type === "message.posted" && event.deleted !== true;
  };

  /** The contract gives the order of the checks (I1): first the target, then the key. */
  const append = (room: RoomName, fact: MessageFact, appended: Appended): AppendOutcome => {
    const key = log.findOrMake(room);
    const target = targetOf(fact);
    if (target !== undefined && !isAvailable(key, target)) return { tag: "gone" };
    const first = keys.find(key, fact, now());
    if (first !== undefined) return { tag: "appended", at: first, duplicate: true };
    const at = log.append(room, key, fact, appended);
    keys.keep(key, fact, at, now());
    return { tag: "appended", at, duplicate: false };
  };

  return {
    append: (room, fact) => commits.write((appended) => append(room, fact, appended)),
    reachable: Effect.asVoid(reading(() => log.first(0))),
  };
};
