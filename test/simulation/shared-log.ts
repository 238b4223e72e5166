/**
 * The store that all instances of a simulated world share: each room's log and its board, in memory, on a clock of its own. Each operation is one
 * atomic step. It does what the adapters do, by the domain's own decisions (`positionStatus`, `decidePresence`), and nothing of how.
 *
 * It can lose what came after a snapshot, as a failover to a replica that lagged does. Whatever it ever appended is remembered aside, with what became of
 * it: that is what the world is judged by, and nothing that the store itself answers from.
 */
import type { AppendOutcome } from "../../src/app/ports/event-log.ts";
import type { PageAfter, PageBefore } from "../../src/app/ports/history.ts";
import type { Members, Presence } from "../../src/app/ports/presence-board.ts";
import { targetOf, type Fact, type MessageFact } from "../../src/domain/event.ts";
import {
  comparePositions,
  EMPTY_HEAD,
  nextPosition,
  START,
  type Head,
  type Position,
} from "../../src/domain/position.ts";
import {
  decidePresence,
  EMPTY_BOARD,
  evolveBoard,
  factOf,
  type Board,
  type PresenceCommand,
} from "../../src/domain/presence.ts";
import { positionStatus } from "../../src/domain/resume.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { entryOf, envelopeOf, type Entry } from "../../src/log/entry.ts";
import { redacted, textOwner } from "../../src/log/redaction.ts";

/** How many entries one read of the tail brings. */
const TAIL_PAGE = 200;

export interface SharedLogOptions {
  readonly now: () => number;
  readonly leaseMs: number;
  readonly graceMs: number;
  readonly maxEvents: number;
}

/** An entry that was appended at some time, and what became of it. */
export interface Recorded {
  readonly entry: Entry;
  readonly fact: Fact;
  /** By the world's time. */
  readonly at: number;
  trimmedAt: number | undefined;
  /** When the log lost it. */
  lostAt: number | undefined;
}

/** What a failover leaves of a room; all of it is replaced and never changed in place. */
interface Room {
  readonly entries: readonly Entry[];
  readonly head: Head;
  readonly keys: ReadonlyMap<string, Head>;
  readonly deleted: ReadonlySet<Position>;
  readonly board: Board;
}

const EMPTY: Room = {
  entries: [],
  head: EMPTY_HEAD,
  keys: new Map(),
  deleted: new Set(),
  board: EMPTY_BOARD,
};

export type Snapshot = ReadonlyMap<RoomName, Room>;

export class SharedLog {
  readonly #options: SharedLogOptions;
  readonly #records = new Map<RoomName, Map<Position, Recorded>>();
  #rooms = new Map<RoomName, Room>();
  #skewMs = 0;
  /** How often it has lost something. */
  failovers = 0;
  /** Is told of each entry. */
  onAppended: (room: RoomName, entry: Entry) => void = () => {};

  constructor(options: SharedLogOptions) {
    this.#options = options;
  }

  append(room: RoomName, fact: MessageFact): AppendOutcome {
    const state = this.#room(room);
    const target = targetOf(fact);
    if (target !== undefined && !this.#isStanding(room, target)) return { tag: "gone" };
    const name = `${fact.by.id} ${fact.key}`;
    const first = state.keys.get(name);
    if (first !== undefined) return { tag: "appended", at: first, duplicate: true };
    const at = this.#add(room, fact);
    const after = this.#room(room);
    const deleted =
      fact.type === "message.deleted" ? new Set(after.deleted).add(fact.message) : after.deleted;
    this.#rooms.set(room, { ...after, deleted, keys: new Map(after.keys).set(name, at) });
    return { tag: "appended", at, duplicate: false };
  }

  after(room: RoomName, position: Position, limit: number): PageAfter {
    const { entries, head } = this.#room(room);
    const at = entries.findIndex(({ id }) => id === position);
    const stands = positionStatus(position, at >= 0, entries[0]);
    if (stands !== "held") return { status: stands };
    const page = entries.slice(at + 1, at + 1 + limit);
    const more = (page.at(-1)?.seq ?? head.seq) < head.seq;
    return { status: stands, entries: this.#redacted(room, page), more, head };
  }

  before(room: RoomName, position: Position | undefined, limit: number): PageBefore {
    const { entries, head } = this.#room(room);
    const older =
      position === undefined ? entries : entries.filter(({ id }) => comparePositions(id, position) < 0);
    const page = limit === 0 ? [] : older.slice(-limit);
    return { entries: this.#redacted(room, page), more: page.length < older.length, head };
  }

  entry(room: RoomName, id: Position): Entry | undefined {
    const found = this.#room(room).entries.filter((entry) => entry.id === id);
    return this.#redacted(room, found)[0];
  }

  /** What the tail's reader gets that stands at a position: as from a stream, whatever lies above it. */
  tail(room: RoomName, from: Position): readonly Entry[] {
    const { entries, head } = this.#room(room);
    if (head.id === from) return [];
    return entries.filter(({ id }) => comparePositions(id, from) > 0).slice(0, TAIL_PAGE);
  }

  diverged(heads: ReadonlyMap<RoomName, Head>): readonly RoomName[] {
    const hasDiverged = ([room, { id, seq }]: readonly [RoomName, Head]): boolean => {
      const { entries } = this.#room(room);
      const found = entries.some((entry) => entry.id === id && entry.seq === seq);
      return id !== START && positionStatus(id, found, entries[0]) === "unknown";
    };
    return [...heads].filter(hasDiverged).map(([room]) => room);
  }

  enter(presences: readonly Presence[]): void {
    const expiresAt = this.#now() + this.#options.leaseMs;
    for (const { room, user, connection } of presences) {
      this.#carryOut(room, { type: "enter", user, connection, expiresAt });
    }
  }

  leave(presences: readonly Presence[]): void {
    for (const { room, connection } of presences) this.#carryOut(room, { type: "leave", connection });
  }

  drop(presences: readonly Presence[]): void {
    const expiresAt = this.#now() + this.#options.graceMs;
    for (const { room, connection } of presences)
      this.#carryOut(room, { type: "drop", connection, expiresAt });
  }

  sweep(): void {
    for (const room of this.#rooms.keys()) this.#carryOut(room, { type: "sweep", now: this.#now() });
  }

  members(room: RoomName): Members {
    const { board, head } = this.#room(room);
    const all = [...board.members.values()];
    return {
      members: all.filter(({ listed }) => listed).map(({ id, name }) => ({ id, name })),
      memberCount: all.length,
      at: head,
    };
  }

  /** What a replica has that is this far behind. */
  snapshot(): Snapshot {
    return new Map(this.#rooms);
  }

  /** A replica takes over: what came after its snapshot is lost, and its clock is another one. */
  failOver(to: Snapshot, skewMs: number): void {
    const now = this.#options.now();
    for (const [room, records] of this.#records) {
      const last = to.get(room)?.head.seq ?? 0;
      for (const record of records.values()) {
        // Of the entries that were lost before, some may have a lower seq: they stay lost.
        if (record.lostAt === undefined && record.entry.seq > last) record.lostAt = now;
      }
      // What was trimmed since then is there again.
      for (const { id } of to.get(room)?.entries ?? []) {
        const record = records.get(id);
        if (record !== undefined) record.trimmedAt = undefined;
      }
    }
    this.failovers += 1;
    this.#rooms = new Map(to);
    this.#skewMs = skewMs;
  }

  /** All that was ever appended to a room. */
  records(room: RoomName): ReadonlyMap<Position, Recorded> {
    return this.#records.get(room) ?? new Map();
  }

  /** What the room's log has held since its beginning and has not lost, trimmed or not. */
  lineage(room: RoomName): readonly Recorded[] {
    const standing = [...this.records(room).values()].filter(({ lostAt }) => lostAt === undefined);
    return standing.sort((a, b) => a.entry.seq - b.entry.seq);
  }

  head(room: RoomName): Head {
    return this.#room(room).head;
  }

  board(room: RoomName): Board {
    return this.#room(room).board;
  }

  #now(): number {
    return this.#options.now() + this.#skewMs;
  }

  #room(room: RoomName): Room {
    return this.#rooms.get(room) ?? EMPTY;
  }

  #redacted(room: RoomName, entries: readonly Entry[]): readonly Entry[] {
    const { deleted } = this.#room(room);
    if (deleted.size === 0) return entries;
    return entries.map((entry) => {
      const message = textOwner(entry);
      return message !== undefined && deleted.has(message) ? redacted(entry) : entry;
    });
  }

  #isStanding(room: RoomName, message: Position): boolean {
    const { entries, deleted } = this.#room(room);
    return (
      !deleted.has(message) && entries.some(({ id, type }) => id === message && type === "message.posted")
    );
  }

  #carryOut(room: RoomName, command: PresenceCommand): void {
    for (const change of decidePresence(command, this.#room(room).board)) {
      const state = this.#room(room);
      this.#rooms.set(room, { ...state, board: evolveBoard(state.board, change) });
      const fact = factOf(change);
      if (fact !== undefined) this.#add(room, fact);
    }
  }

  #add(room: RoomName, fact: Fact): Head {
    const state = this.#room(room);
    const records = this.#records.get(room) ?? new Map<Position, Recorded>();
    this.#records.set(room, records);
    // Two entries of one id, one lost and one not, could not be told apart by anybody: a millisecond of luck that no world is to hang on.
    let id = nextPosition(state.head.id, this.#now());
    while (records.has(id)) id = nextPosition(id, 0);
    const entry = entryOf(id, state.head.seq + 1, state.head.id, envelopeOf(fact));
    const at = this.#options.now();
    records.set(id, { entry, fact, at, trimmedAt: undefined, lostAt: undefined });
    const entries = [...state.entries, entry];
    const kept = entries.slice(-this.#options.maxEvents);
    for (const { id: trimmed } of entries.slice(0, entries.length - kept.length)) {
      const record = records.get(trimmed);
      if (record !== undefined) record.trimmedAt = at;
    }
    const head = { id, seq: entry.seq };
    this.#rooms.set(room, { ...state, entries: kept, head });
    this.onAppended(room, entry);
    return head;
  }
}
