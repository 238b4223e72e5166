/**
 * The log of a simulated world: a store in memory that all instances share, on a clock of its own, and the
 * record of every entry that it ever held. The store answers the instances; the record judges the world, and
 * no instance reads it.
 *
 * The store can lose everything after a snapshot, as in a failover to a replica that lagged.
 */
import { eventLog } from "../../src/adapters/memory/event-log.ts";
import { history } from "../../src/adapters/memory/history.ts";
import { MemoryStore, type Snapshot } from "../../src/adapters/memory/memory-store.ts";
import { presenceBoard } from "../../src/adapters/memory/presence-board.ts";
import { retention } from "../../src/adapters/memory/retention.ts";
import type { EventLog } from "../../src/app/ports/event-log.ts";
import type { History } from "../../src/app/ports/history.ts";
import type { PresenceBoard } from "../../src/app/ports/presence-board.ts";
import type { Retention } from "../../src/app/ports/retention.ts";
import type { RoomEvent } from "../../src/domain/event.ts";
import { EMPTY_HEAD, nextPosition, START, type Head, type Position } from "../../src/domain/position.ts";
import { EMPTY_BOARD, type Board } from "../../src/domain/presence.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { eventOf } from "../../src/log/decode-event.ts";
import type { Entry } from "../../src/log/entry.ts";

/** The maximum of entries in a read of the tail. */
const TAIL_PAGE = 200;
/** Longer than any world. */
const KEY_TTL_MS = 86_400_000;

export interface RecordedLogOptions {
  /** The time of the world. */
  readonly now: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
  readonly maxEvents: number;
  readonly rooms: readonly RoomName[];
}

interface Ports {
  readonly eventLog: EventLog["Service"];
  readonly history: History["Service"];
  readonly board: PresenceBoard["Service"];
  readonly retention: Retention["Service"];
}

/** An entry that was appended at some time. */
export interface Recorded {
  readonly entry: Entry;
  readonly event: RoomEvent;
  /** By the world's time. */
  readonly at: number;
  /** When the log lost it. */
  lostAt: number | undefined;
}

export class RecordedLog {
  /** The ports to the store: each call is one step. */
  readonly ports: Ports;
  readonly #store: MemoryStore;
  readonly #now: () => number;
  readonly #records = new Map<RoomName, Map<Position, Recorded>>();
  #skewMs = 0;
  /** The number of failovers so far. */
  failovers = 0;
  /** Called with each entry. */
  onAppended: (room: RoomName, entry: Entry) => void = () => {};

  constructor({ now, rooms, ...options }: RecordedLogOptions) {
    this.#now = now;
    this.#store = new MemoryStore({
      ...options,
      now: () => now() + this.#skewMs,
      maxAgeMs: 0,
      roomIdleMs: 0,
      keyTtlMs: KEY_TTL_MS,
      nextId: (room, last, now) => this.#nextId(room, last, now),
    });
    this.ports = {
      eventLog: eventLog(this.#store),
      history: history(this.#store),
      board: presenceBoard(this.#store),
      retention: retention(this.#store),
    };
    for (const room of rooms) {
      this.#records.set(room, new Map());
      this.#store.appended.add(room, (entry) => this.#record(room, entry));
    }
  }

  /** The first entries above a position, whether or not the log holds it: a reader of the tail gets these. */
  tail(room: RoomName, from: Position): readonly Entry[] {
    return this.#store.rooms.get(room)?.log.after(from, TAIL_PAGE).entries ?? [];
  }

  /** The state of a replica that is up to date now. */
  snapshot(): Snapshot {
    return this.#store.snapshot();
  }

  /** A replica takes over: later entries are lost, and it has a clock of its own. */
  failOver(to: Snapshot, skewMs: number): void {
    this.#store.restore(to);
    this.#skewMs = skewMs;
    this.failovers += 1;
    for (const [room, records] of this.#records) {
      const { seq } = this.head(room);
      for (const record of records.values()) {
        // Of the entries that were lost before, some may have a lower seq: they stay lost.
        if (record.lostAt === undefined && record.entry.seq > seq) record.lostAt = this.#now();
      }
    }
  }

  /** All entries that were ever appended to a room. */
  records(room: RoomName): ReadonlyMap<Position, Recorded> {
    return this.#records.get(room) ?? new Map();
  }

  /** All entries of the room's log that are not lost, trimmed or not. */
  lineage(room: RoomName): readonly Recorded[] {
    const kept = [...this.records(room).values()].filter(({ lostAt }) => lostAt === undefined);
    return kept.sort((a, b) => a.entry.seq - b.entry.seq);
  }

  /** Whether nothing of the room has been trimmed. */
  isWhole(room: RoomName): boolean {
    return (this.#store.rooms.get(room)?.log.first?.seq ?? 1) === 1;
  }

  /** Whether the log holds this position, so that it must honour it (R2). */
  isHeld(room: RoomName, at: Position): boolean {
    if (at === START) return this.isWhole(room);
    return this.#store.rooms.get(room)?.log.at(at) !== undefined;
  }

  head(room: RoomName): Head {
    return this.#store.rooms.get(room)?.log.head ?? EMPTY_HEAD;
  }

  board(room: RoomName): Board {
    return this.#store.rooms.get(room)?.board ?? EMPTY_BOARD;
  }

  #record(room: RoomName, entry: Entry): void {
    this.#records
      .get(room)
      ?.set(entry.id, { entry, event: eventOf(entry), at: this.#now(), lostAt: undefined });
    this.onAppended(room, entry);
  }

  /** Never the id of a lost entry: no client could tell the two entries apart. */
  #nextId(room: RoomName, last: Position, now: number): Position {
    let id = nextPosition(last, now);
    while (this.records(room).has(id)) id = nextPosition(id, 0);
    return id;
  }
}
