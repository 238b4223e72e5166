/**
 * The port LogTail on SQLite: the followers of each room.
 *
 * A follower that stands at the head is live, and gets entries directly when they are committed. Any other
 * follower first reads the log, one page in each turn of the event loop, until it stands at the head. So each
 * follower gets everything after its position, once and in order.
 */
import type { LogTail } from "../../app/ports/log-tail.ts";
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import type { RoomLog } from "./room-log.ts";

const PAGE = 500;
/** The time after which a failed read is repeated. */
const RETRY_MS = 100;

interface Follower {
  readonly room: RoomName;
  readonly from: Position;
  readonly onEntries: (entries: readonly Entry[]) => void;
  /** The seq of the last entry that it got. Undefined before its position was looked up. */
  seq: number | undefined;
  /** It stands at the head, and gets new entries directly. */
  live: boolean;
  ended: boolean;
}

type Tail = LogTail["Service"];

export class Followers implements Tail {
  readonly #log: RoomLog;
  readonly #rooms = new Map<RoomName, Set<Follower>>();

  constructor(log: RoomLog) {
    this.#log = log;
  }

  readonly follow: Tail["follow"] = (room, from, onEntries) => {
    const follower: Follower = { room, from, onEntries, seq: undefined, live: false, ended: false };
    const followers = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, followers.add(follower));
    setImmediate(() => this.#catchUp(follower));
    return () => {
      follower.ended = true;
      followers.delete(follower);
      if (followers.size === 0 && this.#rooms.get(room) === followers) this.#rooms.delete(room);
    };
  };

  notify(room: RoomName, entries: readonly Entry[]): void {
    for (const follower of this.#rooms.get(room) ?? []) {
      if (follower.live) this.#deliver(follower, entries);
    }
  }

  /** Ends all followers. */
  end(): void {
    for (const followers of this.#rooms.values()) for (const follower of followers) follower.ended = true;
    this.#rooms.clear();
  }

  #deliver(follower: Follower, entries: readonly Entry[]): void {
    const { seq = 0 } = follower;
    const later = (entries[0]?.seq ?? 0) > seq ? entries : entries.filter((entry) => entry.seq > seq);
    const last = later.at(-1);
    if (last === undefined) return;
    follower.seq = last.seq;
    follower.onEntries(later);
  }

  #catchUp(follower: Follower): void {
    if (follower.ended) return;
    const page = this.#read(follower);
    if (page === undefined) {
      setTimeout(() => this.#catchUp(follower), RETRY_MS).unref();
      return;
    }
    this.#deliver(follower, page);
    if (page.length < PAGE) follower.live = true;
    else setImmediate(() => this.#catchUp(follower));
  }

  #read(follower: Follower): readonly Entry[] | undefined {
    try {
      const key = this.#log.find(follower.room);
      follower.seq ??= key === undefined ? 0 : this.#seqOf(key, follower.from);
      return key === undefined ? [] : this.#log.following(key, follower.seq, PAGE);
    } catch {
      return undefined;
    }
  }

  #seqOf(key: number, from: Position): number {
    return this.#log.at(key, from)?.seq ?? this.#log.seqBelow(key, from);
  }
}
