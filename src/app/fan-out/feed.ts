/**
 * The feed of a room: all entries reach the subscribers through it. It gets entries from the log's tail, adds
 * them to the backlog and the roster, encodes them once, and sends the same bytes to every live subscriber.
 *
 * Always true:
 * - Head, backlog and roster belong to the same moment, and change in one synchronous step. A subscriber that
 *   subscribes in such a step has no gap.
 * - An entry is accepted only directly after the entry that it names as the previous one. Anything else
 *   proves that the log diverged. The feed then reports this and sends nothing more (R4).
 * - A cursor is live if it stands at the head. Otherwise it is behind, at a position of its own, because it
 *   resumes from further back or reads slowly (D4). `catch-up.ts` serves it, without any cost for the others.
 * - Sending a batch allocates nothing for a subscriber: no promise, fiber or timer.
 */
import type { Backlog } from "../../domain/backlog.ts";
import type { ByteBudget } from "../../domain/byte-budget.ts";
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
  /** The log no longer continues from this feed's head: the feed must be reopened. */
  readonly onDiverged: (feed: Feed) => void;
  /** A cursor is behind: it must be caught up. */
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

  constructor(
    room: RoomName,
    backlog: Backlog<Entry>,
    budget: ByteBudget,
    opening: Opening,
    events: FeedEvents,
  ) {
    this.room = room;
    this.#backlog = backlog;
    this.#events = events;
    this.#batches = new Batches(room, budget);
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

  /** Whether the log diverged and the feed has not been reopened yet. */
  get diverged(): boolean {
    return this.#diverged;
  }

  /** Takes new entries from the log's tail. */
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

  /** Marks the log as diverged. Nothing more is sent until the feed is reopened. */
  markDiverged(): void {
    if (this.#diverged) return;
    this.#diverged = true;
    this.#events.onDiverged(this);
  }

  /**
   * Reopens the feed with the present state of the log. All subscribers restart from there with a reset (R4).
   */
  reopen(opening: Opening, reason: ResetReason): void {
    this.#backlog.clear();
    this.#batches.forget();
    for (const entry of opening.entries) this.#backlog.push(entry);
    this.#head = opening.head;
    this.#more = opening.more;
    this.#roster = opening.roster;
    this.#diverged = false;
    for (const cursor of this.#cursors) this.restart(cursor, reason);
    // The position for which a subscriber waits may be lost now, so it checks again.
    for (const { resume } of this.#waiting.splice(0)) resume();
    for (const resume of this.#reopening.splice(0)) resume();
  }

  /** The room has no reader any more. */
  release(): void {
    this.#backlog.release();
    this.#batches.release();
  }

  /** Calls back once the feed has been reopened after the log diverged, or at once if it did not diverge. */
  onReopened(resume: () => void): void {
    if (this.#diverged) this.#reopening.push(resume);
    else resume();
  }

  /** Restarts a cursor whose position the log can't honour, from the newest events. */
  restart(cursor: Cursor, reason: ResetReason): void {
    if (cursor.ended) return;
    cursor.behind = undefined;
    // A catch-up of this cursor wakes, and sees that nothing is left to do.
    cursor.onDrained?.();
    const { entries, more } = this.recent(DEFAULT_EVENTS);
    cursor.subscriber.start(this.#start({ replay: "reset", reason }, this.batch(entries), more));
  }

  /**
   * Subscribes and calls `start` in the same step. The cursor is behind if the batch ends before the head.
   */
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

  /** The seq of the last event that the subscriber of this cursor got (W6). */
  seqOf(cursor: Cursor): number {
    return cursor.behind?.seq ?? this.#head.seq;
  }

  /** The entries after a position, from memory. Undefined if only the log can answer. */
  after(position: Position, limit: number): readonly Entry[] | undefined {
    return position === this.#head.id ? [] : this.#backlog.after(position, limit);
  }

  /** A batch of entries from memory. Equal entries give the same batch, so they are encoded once. */
  batch(entries: readonly Entry[]): Batch {
    return this.#batches.of(entries);
  }

  /** The newest entries in memory, at most `limit`, and whether older ones are kept. */
  recent(limit: number): { readonly entries: readonly Entry[]; readonly more: boolean } {
    const entries = limit === 0 ? [] : this.#backlog.newest(limit);
    const oldest = entries[0]?.seq ?? this.#head.seq + 1;
    const kept = this.#more || this.#backlog.isCut ? oldest > 1 : oldest > this.#backlog.firstSeq;
    return { entries, more: kept };
  }

  /** Whether memory holds the newest `limit` entries, or all entries of the room. */
  reaches(limit: number): boolean {
    return this.#backlog.length >= limit || !(this.#more || this.#backlog.firstSeq > 1);
  }

  /** The entry at this id, if it is in memory. */
  entry(id: Position): Entry | undefined {
    return this.#backlog.at(id);
  }

  /**
   * Calls back once the feed has reached this position, or was reopened. The returned function cancels it.
   */
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

  /** Sends a signal to every connection in the room except the sender's (P5). */
  signal({ kind, user, connection }: Typing): void {
    const frame = new Outgoing(encodeFrame({ type: "signal", room: this.room, kind, user }));
    for (const { subscriber } of this.#cursors) {
      if (subscriber.connection !== connection && !subscriber.congested) subscriber.notice(frame);
    }
  }

  /** Sends the number of members to all subscribers if it has changed (P6). */
  count(members: number): void {
    if (members === this.memberCount) return;
    this.#roster = recount(this.#roster, members);
    const frame = new Outgoing(encodeFrame({ type: "members", room: this.room, memberCount: members }));
    for (const { subscriber } of this.#cursors) if (!subscriber.congested) subscriber.notice(frame);
  }

  #publish(before: Head, entries: readonly Entry[]): void {
    if (entries.length === 0) return;
    const all = inFrames(entries).map((chunk) => this.batch(chunk));
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

  /** Removes the text of a deleted message from memory and from the entries that are being taken (D6). */
  #redact(message: Position | undefined, taken: Entry[]): void {
    if (message === undefined) return;
    const replacement = (entry: Entry): Entry | undefined =>
      textOwner(entry) === message ? redacted(entry) : undefined;
    this.#backlog.rewrite(replacement);
    this.#batches.forget();
    for (const [index, entry] of taken.entries()) taken[index] = replacement(entry) ?? entry;
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
