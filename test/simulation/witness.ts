/**
 * What one connection brought to its client, held against all that the log ever appended, as it comes.
 *
 * From `joined` on, each event of a room must be the very one that follows the last: the log says of each which one was before it, so that a hole, a
 * repetition, another order and a tail that was lost are all seen at once, however the log was diverged meanwhile (D2, D3). Where a stretch begins is
 * judged by the position that was asked for (R2, R3).
 */
import type { RoomEvent } from "../../src/domain/event.ts";
import { START, type Head, type Position } from "../../src/domain/position.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";
import type { UserId } from "../../src/domain/user.ts";
import { decodeClientFrame } from "../../src/wire/client-frame.ts";
import { decodeServerFrame } from "../../src/wire/decode-server-frame.ts";
import type { ErrorCode } from "../../src/wire/protocol.ts";
import type { Ack, Joined } from "../../src/wire/server-frame.ts";
import type { RecordedLog } from "./recorded-log.ts";

export type Blame = (rule: string, words: string) => void;

interface Join {
  readonly after: Position | undefined;
  /** How often the log had been diverged when it was sent, and where the room stood. */
  readonly failovers: number;
  readonly head: number;
}

/** What a client that breaks no rule may be refused with at any time. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set(["rate_limited", "not_found"]);

const roomOf = (name: string): RoomName => {
  const parsed = parseRoomName(name);
  if (!parsed.ok) throw new Error(`not a room: ${name}`);
  return parsed.value;
};

export class Witness {
  readonly #log: RecordedLog;
  readonly #blame: Blame;
  readonly #joins = new Map<string, Join>();
  /** The keys of the commands that were sent, by `ref`. */
  readonly #keys = new Map<string, string>();
  /** The last event that came, by room. */
  readonly #stands = new Map<RoomName, Position>();
  readonly #resets = new Map<RoomName, number>();
  readonly #joinedAt = new Map<RoomName, number>();
  readonly #now: () => number;
  readonly #isReachable: () => boolean;
  #user: UserId | undefined;

  /** `isReachable`: the log has been there for a while, for the instance at the other end. */
  constructor(log: RecordedLog, now: () => number, isReachable: () => boolean, blame: Blame) {
    this.#log = log;
    this.#now = now;
    this.#isReachable = isReachable;
    this.#blame = blame;
  }

  /** When a room was first joined on it. */
  joinedAt(room: RoomName): number {
    return this.#joinedAt.get(room) ?? Number.POSITIVE_INFINITY;
  }

  sent(text: string): void {
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) return this.#blame("W5", `the client sent ${text}`);
    const frame = decoded.value;
    if ("key" in frame) this.#keys.set(frame.ref, frame.key);
    if (frame.type === "join") {
      this.#joins.set(frame.ref, {
        after: frame.after,
        failovers: this.#log.failovers,
        head: this.#log.head(roomOf(frame.room)).seq,
      });
    }
  }

  received(text: string): void {
    const frame = decodeServerFrame(text);
    switch (frame?.type) {
      case "welcome":
        this.#user = frame.user.id;
        return;
      case "joined":
        return this.#joined(roomOf(frame.room), frame);
      case "events":
        for (const event of frame.events) this.#follow(roomOf(frame.room), event);
        return;
      case "ack":
        return this.#acked(roomOf(frame.room), frame);
      case "left":
        this.#stands.delete(roomOf(frame.room));
        return;
      case "heartbeat":
        for (const [room, seq] of Object.entries(frame.heads)) this.#beat(roomOf(room), seq);
        return;
      case "error":
        if (EXPECTED.has(frame.code)) return;
        if (frame.code === "unavailable") {
          if (this.#isReachable()) this.#blame("D5", `the log is there, and is said to be away: ${text}`);
          return;
        }
        return this.#blame("W5", `an error that nobody gave reason for: ${text}`);
      case undefined:
        return this.#blame("W2", `the server sent ${text}`);
      default:
        return;
    }
  }

  #joined(room: RoomName, frame: Joined): void {
    const { ref, replay, head, events } = frame;
    const join = ref === undefined ? undefined : this.#joins.get(ref);
    if (ref === undefined) this.#restarted(room, frame);
    else if (join === undefined) this.#blame("R1", `${room}: a join that nobody asked for, ${ref}`);
    else this.#began(room, frame, join);
    if (!this.#joinedAt.has(room)) this.#joinedAt.set(room, this.#now());
    const after = join?.after;
    if (replay === "resumed" && after !== undefined) this.#stands.set(room, after);
    else this.#stands.set(room, this.#before(room, events[0]) ?? head.id);
    for (const event of events) this.#follow(room, event);
    const last = this.#stands.get(room);
    if (replay !== "resumed" && last !== head.id) {
      this.#blame("R1", `${room}: it ends at ${last}, and the head is ${head.id}`);
    }
    if (replay === "resumed" && events.length === 0 && last !== head.id) {
      this.#blame("R2", `${room}: nothing follows ${last}, and the head is ${head.id}`);
    }
  }

  #began(room: RoomName, frame: Joined, { after, failovers, head }: Join): void {
    const { replay } = frame;
    if (after === undefined) {
      // An instance that has not noticed a rewind yet may stand on what was lost (R4).
      if (this.#log.failovers === 0 && frame.head.seq < head) {
        this.#blame("R1", `${room}: joined at ${frame.head.seq}, and the room stood at ${head} before`);
      }
      if (replay !== "recent") this.#blame("R1", `${room}: ${replay}, and no position was given`);
    } else if (replay === "recent") {
      this.#blame("R2", `${room}: recent, and the position was ${after}`);
    } else if (replay === "reset" && failovers === this.#log.failovers && this.#log.isHeld(room, after)) {
      this.#blame("R2", `${room}: reset for ${frame.reason}, and the log holds ${after}`);
    }
    if (replay === "reset" && frame.reason === "unknown" && this.#log.failovers === 0) {
      this.#blame("R3", `${room}: ${after} is unknown to a log that has lost nothing`);
    }
  }

  /** A reset that was not asked for. */
  #restarted(room: RoomName, frame: Joined): void {
    if (!this.#stands.has(room)) this.#blame("R4", `${room}: a reset before the room was joined`);
    if (frame.replay !== "reset") return this.#blame("R4", `${room}: ${frame.replay}, not asked for`);
    if (frame.reason === "trimmed") {
      const stands = this.#stands.get(room) ?? START;
      if (this.#log.isHeld(room, stands)) this.#blame("R3", `${room}: ${stands} is not trimmed`);
      return;
    }
    const resets = (this.#resets.get(room) ?? 0) + 1;
    this.#resets.set(room, resets);
    if (resets > this.#log.failovers) {
      this.#blame("R4", `${room}: ${resets} resets, and the log was diverged ${this.#log.failovers} times`);
    }
  }

  #before(room: RoomName, event: Head | undefined): Position | undefined {
    return event && this.#log.records(room).get(event.id)?.entry.previous;
  }

  #follow(room: RoomName, event: RoomEvent): void {
    const record = this.#log.records(room).get(event.id);
    const stands = this.#stands.get(room);
    if (record === undefined || record.entry.seq !== event.seq || record.entry.type !== event.type) {
      this.#blame("D3", `${room}: ${event.id}, ${event.type} at ${event.seq}, was never appended`);
    } else if (stands === undefined) {
      this.#blame("D2", `${room}: ${event.seq} (${event.id}) came before the room was joined`);
    } else if (record.entry.previous !== stands) {
      const expected = this.#log.records(room).get(stands)?.entry.seq ?? 0;
      this.#blame(
        "D2",
        `${room}: after ${expected} (${stands}) came ${event.seq} (${event.id}), which follows ${record.entry.previous}`,
      );
    }
    this.#stands.set(room, event.id);
  }

  #acked(room: RoomName, { ref, id, seq }: Ack): void {
    const record = this.#log.records(room).get(id);
    const event = record?.event;
    const isIt =
      event !== undefined &&
      "key" in event &&
      event.key === this.#keys.get(ref) &&
      event.by.id === this.#user;
    if (!isIt || record?.entry.seq !== seq) {
      this.#blame("D1", `${room}: ${ref} is acknowledged at ${seq} (${id}), where it is not`);
    }
  }

  #beat(room: RoomName, seq: number): void {
    const stands = this.#stands.get(room);
    if (stands === undefined) return;
    const seen = this.#log.records(room).get(stands)?.entry.seq ?? 0;
    if (seen !== seq) this.#blame("W6", `${room}: the heartbeat says ${seq}, and ${seen} was the last`);
  }
}
