/**
 * The port EventLog on SQLite.
 */
import { Effect } from "effect";
import {
  LogUnavailable,
  type AppendOutcome,
  type EventLog,
  type PageAfter,
  type PageBefore,
} from "../../app/ports/event-log.ts";
import { targetOf, type MessageFact } from "../../domain/event.ts";
import { EMPTY_HEAD, START, type Head, type Position } from "../../domain/position.ts";
import { positionStatus } from "../../domain/resume.ts";
import type { Target } from "../../domain/room.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { eventOf } from "../../wire/event.ts";
import type { Followers } from "./followers.ts";
import type { Appended, GroupCommit } from "./group-commit.ts";
import type { IdempotencyKeys } from "./idempotency-keys.ts";
import type { RoomKey, RoomLog } from "./room-log.ts";

interface Parts {
  readonly commits: GroupCommit;
  readonly log: RoomLog;
  readonly keys: IdempotencyKeys;
  readonly followers: Followers;
  readonly now: () => number;
}

export const eventLog = ({ commits, log, keys, followers, now }: Parts): EventLog["Service"] => {
  const messageAt = (key: RoomKey, id: Position): Target | undefined => {
    const entry = log.at(key, id);
    const event = entry && eventOf(entry);
    if (event?.type !== "message.posted") return undefined;
    return { author: event.by.id, deleted: event.deleted === true };
  };

  /** The order of checks is the contract's (I1): the message that it is about, then the key. */
  const append = (room: RoomName, fact: MessageFact, appended: Appended): AppendOutcome => {
    const key = log.findOrMake(room);
    const target = targetOf(fact);
    if (target !== undefined && messageAt(key, target)?.deleted !== false) return { tag: "gone" };
    const first = keys.find(key, fact, now());
    if (first !== undefined) return { tag: "appended", at: first, duplicate: true };
    const at = log.append(room, key, fact, appended);
    keys.keep(key, fact, at, now());
    return { tag: "appended", at, duplicate: false };
  };

  const after = (room: RoomName, position: Position, limit: number): PageAfter => {
    const key = log.find(room);
    if (key === undefined) {
      const held = positionStatus(position, false, undefined);
      return held === "held"
        ? { status: held, entries: [], more: false, head: EMPTY_HEAD }
        : { status: held };
    }
    const at = log.at(key, position);
    const stands = positionStatus(position, at !== undefined, log.first(key));
    if (stands !== "held") return { status: stands };
    const seq = at?.seq ?? 0;
    const entries = log.following(key, seq, limit);
    const head = log.head(key);
    return { status: stands, entries, more: (entries.at(-1)?.seq ?? seq) < head.seq, head };
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
    append: (room, fact) => commits.write((appended) => append(room, fact, appended)),
    after: (room, position, limit) => reading(() => after(room, position, limit)),
    before: (room, position, limit) => reading(() => before(room, position, limit)),
    message: (room, id) =>
      reading(() => {
        const key = log.find(room);
        return key === undefined ? undefined : messageAt(key, id);
      }),
    follow: (room, from, onEntries) => followers.follow(room, from, onEntries),
    diverged: (heads) =>
      reading(() => [...heads].filter(([room, head]) => hasDiverged(room, head)).map(([room]) => room)),
    reachable: reading(() => void log.first(0)),
  };
};

/** A read of the database: whatever it throws is a log that can't be reached. */
export const reading = <A>(read: () => A): Effect.Effect<A, LogUnavailable> =>
  Effect.try({ try: read, catch: (cause) => new LogUnavailable({ cause }) });
