/**
 * A room's feed: the one way out. The log's tail hands it batches; it takes each into the backlog and the roster, encodes it once, and gives
 * the same bytes to every subscriber that is live.
 *
 * What always holds:
 * - Head, backlog and roster are of one moment, and change in one synchronous step; who subscribes in such a step has no gap.
 * - An entry is taken in only behind the very entry that it names as the one before. Anything else proves that the log was diverged,
 *   and the feed says so instead of going on (R4).
 * - A subscriber is a cursor: live, which is to stand at the head; or behind, at a position of its own, because it resumes from afar or reads
 *   slowly (D4). Who is behind is served by `catch-up.ts` and costs the others nothing.
 * - Nothing is allocated for a subscriber while a batch goes out; no promise, fiber or timer.
 */
import type { Backlog } from "../../domain/backlog.ts";
import { comparePositions, type Head, type Position } from "../../domain/position.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { evolveRoster, memberCount, recount, type Roster } from "../../domain/roster.ts";
import { encodeFrame } from "../../wire/encode.ts";
import { rosterStepOf } from "../../log/decode-event.ts";
import type { Entry } from "../../log/entry.ts";
import { redacted, textOwner } from "../../log/redaction.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import { DEFAULT_EVENTS } from "../../wire/protocol.ts";
import type { Replay } from "../../wire/server-frame.ts";
import { Batches, inFrames, type Batch } from "./batch.ts";
import { Cursor, type Start, type Subscriber } from "./cursor.ts";
import type { Typing } from "../ports/signals.ts";
import type { Opening } from "./opening.ts";

export interface FeedEvents {
  /** The log no longer continues what this feed has seen: it wants to be opened anew. */
  readonly onDiverged: (feed: Feed) => void;
  /** A cursor is behind: it wants to be caught up. */
  readonly onBehind: (feed: Feed, cursor: Cursor) => void;
}

export class Feed {
  readonly room: RoomName;
  readonly #backlog: Backlog<Entry>;
  readonly #events: FeedEvents;
  readonly #batches: Batches;
  readonly #cursors = new Set<Cursor>();
  readonly #waiting: { at: Position; resume: () => void }[] = [];
  readonly #reopening: (() => void)[] = [];
  #head: Head;
  #more: boolean;
  #roster: Roster;
  #diverged = false;

  constructor(room: RoomName, backlog: Backlog<Entry>, opening: Opening, events: FeedEvents) {
    this.room = room;
    this.#backlog = backlog;
    this.#events = events;
    this.#batches = new Batches(room);
    this.#head = opening.head;
    this.#more = opening.more;
    this.#roster = opening.roster;
    for (const entry of opening.entries) backlog.push(entry);
  }

  get head(): Head {
    return this.#head;
  }

  get memberCount(): number {
    return memberCount(this.#roster);
  }

  /** The log was diverged, and the feed has not been opened anew yet. */
  get diverged(): boolean {
    return this.#diverged;
  }

  /** What the log's tail brings. */
  take(entries: readonly Entry[]): void {
    if (this.#diverged) return;
    const taken: Entry[] = [];
    const before = this.#head;
    for (const entry of entries) {
      if (entry.previous !== this.#head.id || entry.seq !== this.#head.seq + 1) {
        this.#publish(before, taken);
        this.markDiverged();
        return;
      }
      this.#head = entry;
      this.#roster = evolveRoster(this.#roster, rosterStepOf(entry));
      if (entry.type === "message.deleted") this.#redact(entry.subject, taken);
      this.#backlog.push(entry);
      taken.push(entry);
    }
    this.#publish(before, taken);
  }

  /** The log was diverged, by whatever sign: nothing more goes out until it is opened anew. */
  markDiverged(): void {
    if (this.#diverged) return;
    this.#diverged = true;
    this.#events.onDiverged(this);
  }

  /** Opens anew on what the log holds now; everybody starts again from there, and is told so (R4). */
  reopen(opening: Opening, reason: ResetReason): void {
    this.#backlog.clear();
    this.#batches.forget();
    for (const entry of opening.entries) this.#backlog.push(entry);
    this.#head = opening.head;
    this.#more = opening.more;
    this.#roster = opening.roster;
    this.#diverged = false;
    for (const cursor of this.#cursors) this.restart(cursor, reason);
    // Whoever waited for a position that may be lost now looks again.
    for (const { resume } of this.#waiting.splice(0)) resume();
    for (const resume of this.#reopening.splice(0)) resume();
  }

  /** Calls back once the feed goes on after a rewind. */
  onReopened(resume: () => void): void {
    if (this.#diverged) this.#reopening.push(resume);
    else resume();
  }

  /** A cursor whose position the log can't honour goes on from the newest events. */
  restart(cursor: Cursor, reason: ResetReason): void {
    if (cursor.ended) return;
    cursor.behind = undefined;
    // Whoever was catching it up sees that there is nothing left to do.
    cursor.onDrained?.();
    const { entries, more } = this.recent(DEFAULT_EVENTS);
    cursor.subscriber.start(this.#start({ replay: "reset", reason }, this.batch(entries), more));
  }

  /** Subscribes, in the same step in which the subscriber is told where it starts. Behind, if what it starts with ends before the head. */
  subscribe(subscriber: Subscriber, replay: Replay, batch: Batch, more: boolean): Cursor {
    const last = batch.entries.at(-1);
    const live = last === undefined || last.seq >= this.#head.seq;
    const cursor = new Cursor(subscriber, live ? undefined : { id: last.id, seq: last.seq });
    this.#cursors.add(cursor);
    subscriber.start(this.#start(replay, batch, more));
    if (!live) this.#events.onBehind(this, cursor);
    return cursor;
  }

  unsubscribe(cursor: Cursor): void {
    cursor.ended = true;
    this.#cursors.delete(cursor);
    cursor.onDrained?.();
  }

  /** The seq of the last event that this cursor's subscriber was given (W6). */
  seqOf(cursor: Cursor): number {
    return cursor.behind?.seq ?? this.#head.seq;
  }

  /** What follows a position, as far as memory reaches; undefined where only the log can tell. */
  after(position: Position, limit: number): readonly Entry[] | undefined {
    return position === this.#head.id ? [] : this.#backlog.after(position, limit);
  }

  /** Entries that memory gave, as a batch: for everyone who gets the same, the same. */
  batch(entries: readonly Entry[]): Batch {
    return this.#batches.of(entries);
  }

  /** The newest entries that memory has, at most `limit`, and whether older ones are kept. */
  recent(limit: number): { readonly entries: readonly Entry[]; readonly more: boolean } {
    const entries = limit === 0 ? [] : this.#backlog.newest(limit);
    const oldest = entries[0]?.seq ?? this.#head.seq + 1;
    const kept = this.#more ? oldest > 1 : oldest > (this.#backlog.oldest?.seq ?? oldest);
    return { entries, more: kept };
  }

  /** Whether memory holds the newest `limit` entries, or all that there are. */
  reaches(limit: number): boolean {
    return this.#backlog.length >= limit || !(this.#more || (this.#backlog.oldest?.seq ?? 1) > 1);
  }

  /** The entry at this id, if it is in memory. */
  entry(id: Position): Entry | undefined {
    return this.#backlog.at(id);
  }

  /** Calls back once the feed has come to this position, or was opened anew; gives what takes the wish back. */
  onReached(position: Position, resume: () => void): () => void {
    if (comparePositions(position, this.#head.id) <= 0) {
      resume();
      return () => {};
    }
    const waiting = { at: position, resume };
    this.#waiting.push(waiting);
    return () => {
      const index = this.#waiting.indexOf(waiting);
      if (index >= 0) this.#waiting.splice(index, 1);
    };
  }

  /** P5: to every connection in the room but the one that it comes from. */
  signal({ kind, user, connection }: Typing): void {
    const frame = new Outgoing(encodeFrame({ type: "signal", room: this.room, kind, user }));
    for (const { subscriber } of this.#cursors) {
      if (subscriber.connection !== connection && !subscriber.congested) subscriber.notice(frame);
    }
  }

  /** P6: how many there are now, told to everyone where it has changed. */
  count(members: number): void {
    if (members === this.memberCount) return;
    this.#roster = recount(this.#roster, members);
    const frame = new Outgoing(encodeFrame({ type: "members", room: this.room, memberCount: members }));
    for (const { subscriber } of this.#cursors) if (!subscriber.congested) subscriber.notice(frame);
  }

  #publish(before: Head, entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    const all = inFrames(entries).map((run) => this.batch(run));
    for (const cursor of this.#cursors) {
      if (cursor.behind !== undefined) continue;
      if (cursor.subscriber.congested) {
        cursor.behind = { id: before.id, seq: before.seq };
        this.#events.onBehind(this, cursor);
      } else {
        for (const batch of all) cursor.subscriber.events(batch);
      }
    }
    this.#wake();
  }

  /** D6: from the deletion on, memory and the batch that is being taken in hold the message without its text. */
  #redact(message: Position | undefined, taken: Entry[]): void {
    if (message === undefined) return;
    const version = (entry: Entry): Entry | undefined =>
      textOwner(entry) === message ? redacted(entry) : undefined;
    this.#backlog.rewrite(version);
    this.#batches.forget();
    for (const [index, entry] of taken.entries()) taken[index] = version(entry) ?? entry;
  }

  #start(replay: Replay, batch: Batch, more: boolean): Start {
    return {
      ...replay,
      room: this.room,
      head: this.#head,
      batch,
      more,
      members: [...this.#roster.listed.values()],
      memberCount: this.memberCount,
    };
  }

  #wake(): void {
    if (this.#waiting.length === 0) return;
    const due = this.#waiting.filter(({ at }) => comparePositions(at, this.#head.id) <= 0);
    for (const waiting of due) this.#waiting.splice(this.#waiting.indexOf(waiting), 1);
    for (const { resume } of due) resume();
  }
}
