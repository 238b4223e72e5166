/**
 * The store in memory: each room's log and board, the idempotency keys and the revisions. Several instances
 * may share one store; the ports are made on it, and each of their calls is one synchronous step.
 *
 * A snapshot can be restored. All later changes are then lost, as in a failover to a replica that lagged.
 */
import type { Fact } from "../../domain/event.ts";
import { nextPosition, type Head } from "../../domain/position.ts";
import { EMPTY_BOARD, type Board } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { entryOf, envelopeOf, type Entry } from "../../log/entry.ts";
import type { Typing } from "../../app/ports/signals.ts";
import { IdempotencyKeys } from "./idempotency-keys.ts";
import { Listeners } from "./listeners.ts";
import type { MemoryOptions } from "./options.ts";
import { RoomLog } from "./room-log.ts";

interface Room {
  readonly log: RoomLog;
  board: Board;
  /** The time of the last message (unix ms). Undefined if there was none. */
  saidAt: number | undefined;
  /** The time since when it has no members (unix ms). Undefined while it has members. */
  emptySince: number | undefined;
}

/** The contents of the store at one moment. */
export interface Snapshot {
  readonly rooms: ReadonlyMap<RoomName, Readonly<Room>>;
  readonly keys: IdempotencyKeys;
  /** The time of the first announcement of each revision, by name. */
  readonly revisions: ReadonlyMap<string, number>;
}

const copyOf = ({ rooms, keys, revisions }: Snapshot) => ({
  rooms: new Map([...rooms].map(([name, { log, ...state }]) => [name, { ...state, log: log.copy() }])),
  keys: keys.copy(),
  revisions: new Map(revisions),
});

export class MemoryStore {
  readonly options: MemoryOptions;
  /** Listeners are called with each entry, inside the step that appends it. */
  readonly appended = new Listeners<Entry>();
  readonly signals = new Listeners<Typing>();
  #contents: ReturnType<typeof copyOf>;

  constructor(options: MemoryOptions) {
    this.options = options;
    const keys = new IdempotencyKeys(options.keyTtlMs);
    this.#contents = { rooms: new Map(), keys, revisions: new Map() };
  }

  get keys(): IdempotencyKeys {
    return this.#contents.keys;
  }

  get revisions(): Map<string, number> {
    return this.#contents.revisions;
  }

  /** All rooms that exist. */
  get rooms(): ReadonlyMap<RoomName, Readonly<Room>> {
    return this.#contents.rooms;
  }

  /** Appends a fact, erases the text of the message if it is a deletion (D6), and trims. */
  append(name: RoomName, fact: Fact): Head {
    const { now, maxEvents, maxAgeMs, nextId } = this.options;
    const room = this.#room(name);
    const { log } = room;
    const { id: previous, seq } = log.head;
    const time = now();
    const id = nextId?.(name, previous, time) ?? nextPosition(previous, time);
    const entry = entryOf(id, seq + 1, previous, envelopeOf(fact));
    log.push(entry);
    if (fact.type !== "member.joined" && fact.type !== "member.left") room.saidAt = time;
    if (fact.type === "message.deleted") log.erase(fact.message);
    log.trim(maxEvents > 0 ? maxEvents : Infinity, maxAgeMs > 0 ? time - maxAgeMs : 0);
    this.appended.tell(name, entry);
    return log.head;
  }

  setBoard(name: RoomName, board: Board): void {
    const room = this.#room(name);
    room.board = board;
    room.emptySince = board.leases.size > 0 ? undefined : (room.emptySince ?? this.options.now());
  }

  /** Forgets a room with all its data. */
  forget(name: RoomName): void {
    this.#contents.rooms.delete(name);
    this.#contents.keys.forget(name);
  }

  snapshot(): Snapshot {
    return copyOf(this.#contents);
  }

  restore(snapshot: Snapshot): void {
    this.#contents = copyOf(snapshot);
  }

  #room(name: RoomName): Room {
    const known = this.#contents.rooms.get(name);
    if (known !== undefined) return known;
    const room: Room = {
      log: new RoomLog(),
      board: EMPTY_BOARD,
      saidAt: undefined,
      emptySince: this.options.now(),
    };
    this.#contents.rooms.set(name, room);
    return room;
  }
}
