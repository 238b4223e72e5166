/**
 * Checks the frames of one connection against all entries that the log ever had, as they come.
 *
 * After `joined`, each event of a room must directly follow the last one: its `previous` in the log must be
 * that event. So a hole, a repetition, a wrong order and a lost tail are found at once, even if the log
 * diverged meanwhile (D2, D3). The beginning of a segment is checked against the requested position (R2, R3).
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

export type Report = (rule: string, description: string) => void;

interface Join {
  readonly after: Position | undefined;
  /** The number of failovers and the head of the room when the join was sent. */
  readonly failovers: number;
  readonly head: number;
}

/** The error codes that a correct client may get at any time. */
const EXPECTED: ReadonlySet<ErrorCode> = new Set(["rate_limited", "not_found"]);

const roomOf = (name: string): RoomName => {
  const parsed = parseRoomName(name);
  if (!parsed.ok) throw new Error(`not a room: ${name}`);
  return parsed.value;
};

export class ConnectionChecker {
  readonly #log: RecordedLog;
  readonly #report: Report;
  readonly #joins = new Map<string, Join>();
  /** The keys of the commands that were sent, by `ref`. */
  readonly #keys = new Map<string, string>();
  /** The last event that came in each room. */
  readonly #positions = new Map<RoomName, Position>();
  readonly #resets = new Map<RoomName, number>();
  readonly #joinedAt = new Map<RoomName, number>();
  readonly #now: () => number;
  readonly #isReachable: () => boolean;
  #user: UserId | undefined;

  /** `isReachable`: whether the instance of this connection has reached the log for some time. */
  constructor(log: RecordedLog, now: () => number, isReachable: () => boolean, report: Report) {
    this.#log = log;
    this.#now = now;
    this.#isReachable = isReachable;
    this.#report = report;
  }

  /** When a room was first joined on this connection. */
  joinedAt(room: RoomName): number {
    return this.#joinedAt.get(room) ?? Number.POSITIVE_INFINITY;
  }

  sent(text: string): void {
    const decoded = decodeClientFrame(text);
    if (!decoded.ok) return this.#report("W5", `the client sent ${text}`);
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
        this.#positions.delete(roomOf(frame.room));
        return;
      case "heartbeat":
        for (const [room, seq] of Object.entries(frame.heads)) this.#beat(roomOf(room), seq);
        return;
      case "error":
        if (EXPECTED.has(frame.code)) return;
        if (frame.code === "unavailable") {
          if (this.#isReachable())
            this.#report("D5", `unavailable, although the log can be reached: ${text}`);
          return;
        }
        return this.#report("W5", `an error without a reason: ${text}`);
      case undefined:
        return this.#report("W2", `the server sent ${text}`);
      default:
        return;
    }
  }

  #joined(room: RoomName, frame: Joined): void {
    const { ref, replay, head, events } = frame;
    const join = ref === undefined ? undefined : this.#joins.get(ref);
    if (ref === undefined) this.#restarted(room, frame);
    else if (join === undefined) this.#report("R1", `${room}: an answer to a join that was not sent, ${ref}`);
    else this.#began(room, frame, join);
    if (!this.#joinedAt.has(room)) this.#joinedAt.set(room, this.#now());
    const after = join?.after;
    if (replay === "resumed" && after !== undefined) this.#positions.set(room, after);
    else this.#positions.set(room, this.#before(room, events[0]) ?? head.id);
    for (const event of events) this.#follow(room, event);
    const last = this.#positions.get(room);
    if (replay !== "resumed" && last !== head.id) {
      this.#report("R1", `${room}: it ends at ${last}, and the head is ${head.id}`);
    }
    if (replay === "resumed" && events.length === 0 && last !== head.id) {
      this.#report("R2", `${room}: nothing follows ${last}, and the head is ${head.id}`);
    }
  }

  #began(room: RoomName, frame: Joined, { after, failovers, head }: Join): void {
    const { replay } = frame;
    if (after === undefined) {
      // An instance that has not noticed yet that the log diverged may still have the lost head (R4).
      if (this.#log.failovers === 0 && frame.head.seq < head) {
        this.#report("R1", `${room}: joined at ${frame.head.seq}, and the head was ${head} before`);
      }
      if (replay !== "recent") this.#report("R1", `${room}: ${replay}, and no position was given`);
    } else if (replay === "recent") {
      this.#report("R2", `${room}: recent, and the position was ${after}`);
    } else if (replay === "reset" && failovers === this.#log.failovers && this.#log.isHeld(room, after)) {
      this.#report("R2", `${room}: reset for ${frame.reason}, and the log holds ${after}`);
    }
    if (replay === "reset" && frame.reason === "unknown" && this.#log.failovers === 0) {
      this.#report("R3", `${room}: ${after} is unknown to a log that has lost nothing`);
    }
  }

  /** A reset without a request. */
  #restarted(room: RoomName, frame: Joined): void {
    if (!this.#positions.has(room)) this.#report("R4", `${room}: a reset before the room was joined`);
    if (frame.replay !== "reset") return this.#report("R4", `${room}: ${frame.replay} without a request`);
    if (frame.reason === "trimmed") {
      const position = this.#positions.get(room) ?? START;
      if (this.#log.isHeld(room, position)) this.#report("R3", `${room}: ${position} is not trimmed`);
      return;
    }
    const resets = (this.#resets.get(room) ?? 0) + 1;
    this.#resets.set(room, resets);
    if (resets > this.#log.failovers) {
      this.#report("R4", `${room}: ${resets} resets, and the log diverged ${this.#log.failovers} times`);
    }
  }

  #before(room: RoomName, event: Head | undefined): Position | undefined {
    return event && this.#log.records(room).get(event.id)?.entry.previous;
  }

  #follow(room: RoomName, event: RoomEvent): void {
    const record = this.#log.records(room).get(event.id);
    const position = this.#positions.get(room);
    if (record === undefined || record.entry.seq !== event.seq || record.entry.type !== event.type) {
      this.#report("D3", `${room}: ${event.id}, ${event.type} at ${event.seq}, was never appended`);
    } else if (position === undefined) {
      this.#report("D2", `${room}: ${event.seq} (${event.id}) came before the room was joined`);
    } else if (record.entry.previous !== position) {
      const expected = this.#log.records(room).get(position)?.entry.seq ?? 0;
      this.#report(
        "D2",
        `${room}: after ${expected} (${position}) came ${event.seq} (${event.id}), which follows ${record.entry.previous}`,
      );
    }
    this.#positions.set(room, event.id);
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
      this.#report("D1", `${room}: ${ref} is acknowledged at ${seq} (${id}), where it is not`);
    }
  }

  #beat(room: RoomName, seq: number): void {
    const position = this.#positions.get(room);
    if (position === undefined) return;
    const seen = this.#log.records(room).get(position)?.entry.seq ?? 0;
    if (seen !== seq) this.#report("W6", `${room}: the heartbeat says ${seq}, and ${seen} was the last`);
  }
}
