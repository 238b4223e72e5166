/**
 * The events of a room that a client holds: in the order of the log, up to the last one taken in.
 *
 * - Each event is taken in once. An event that comes again is dropped. An event after a hole, or one that
 *   contradicts the events here, is not taken in: the caller learns of it, and must not rely on that
 *   connection.
 * - Segments are the parts of the timeline between gaps. History fills a segment from its end backwards.
 * - After a reset, events that the log lost are removed, and a gap stands where events may be missing (R3,
 *   R4).
 */
import type { RoomEvent } from "../../domain/event.ts";
import type { Message } from "../../domain/message.ts";
import {
  comparePositions,
  EMPTY_HEAD,
  nextPosition,
  START,
  type Head,
  type Position,
} from "../../domain/position.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { CachedRoom } from "./join-options.ts";
import { MessageFold } from "./message-fold.ts";
import type { Gap, Item, RoomChange } from "./room.ts";

/**
 * The outcome for an event: taken in, known already, beyond a hole, or in contradiction to the events here.
 */
export type Taken = "taken" | "known" | "hole" | "contradiction";

/** A part of the timeline without a gap. */
interface Segment {
  /** The gap in front of it; undefined for the first segment. */
  readonly gap: Gap | undefined;
  /** Whether the log keeps events between that gap, or the start, and the first event of the segment. */
  hasOlder: boolean;
}

/** The last event taken in. The seq is not known yet if the position came from the program (`after`). */
interface LastEvent {
  readonly id: Position;
  readonly seq: number | undefined;
}

const isGap = (item: Item): item is Gap => item.type === "gap";

export class Timeline {
  readonly items: Item[] = [];
  readonly #tell: (change: RoomChange) => void;
  readonly #messages = new MessageFold();
  #segments: Segment[] = [{ gap: undefined, hasOlder: false }];
  #last: LastEvent | undefined;

  constructor(after: Position | undefined, tell: (change: RoomChange) => void) {
    this.#tell = tell;
    this.#last = after === undefined ? undefined : { id: after, seq: after === START ? 0 : undefined };
  }

  /** Starts with the events of a cache, before any join. */
  restore({ events, hasOlder, isOld }: CachedRoom): void {
    if (events.length === 0) return;
    this.begin(events, EMPTY_HEAD, hasOlder);
    // Old events are only shown: the room does not resume after them.
    if (isOld) this.#last = undefined;
  }

  get position(): Position | undefined {
    return this.#last?.id;
  }

  /** The seq of the last event taken in; 0 if it is not known. */
  get seq(): number {
    return this.#last?.seq ?? 0;
  }

  get hasOlder(): boolean {
    return this.#segments.some((segment) => segment.hasOlder);
  }

  /** The events after a seq that were taken in, in order. */
  after(seq: number): readonly RoomEvent[] {
    const events: RoomEvent[] = [];
    for (let index = this.items.length - 1; index >= 0; index -= 1) {
      const item = this.items[index];
      if (item === undefined || isGap(item) || item.seq <= seq) break;
      events.push(item);
    }
    return events.toReversed();
  }

  message(id: Position): Message | undefined {
    return this.#messages.get(id);
  }

  /**
   * A first join without a position: starts with the newest events, or at the head if there are none. Old
   * events from a cache are removed.
   */
  begin(events: readonly RoomEvent[], head: Head, hasOlder: boolean): void {
    this.#clear();
    const first = events[0];
    this.#last = first === undefined ? head : { id: START, seq: first.seq - 1 };
    this.#segments = [{ gap: undefined, hasOlder }];
    this.takeAll(events);
  }

  #clear(): void {
    if (this.items.length === 0) return;
    const ids = this.#messages.ids();
    this.items.length = 0;
    this.#messages.clear();
    this.#tell({ type: "reset", gap: undefined });
    for (const id of ids) this.#tell({ type: "message", id, message: undefined });
  }

  /**
   * The server resumes after the position. If there are no events to replay, the head has the seq of the
   * position.
   */
  resume(events: readonly RoomEvent[], head: Head): void {
    if (this.#last?.seq === undefined && events.length === 0 && head.id === this.#last?.id) this.#last = head;
    // A position of the program: the log has older events.
    if (this.items.length === 0 && this.#last !== undefined && this.#last.id !== START) {
      this.#segments = [{ gap: undefined, hasOlder: true }];
    }
  }

  /**
   * Takes in events while they follow one another. Returns the events taken in, and the outcome of the last
   * one looked at.
   */
  takeAll(events: readonly RoomEvent[]): { readonly taken: readonly RoomEvent[]; readonly end: Taken } {
    const taken: RoomEvent[] = [];
    let end: Taken = "known";
    for (const event of events) {
      end = this.#judge(event);
      if (end === "hole" || end === "contradiction") break;
      if (end === "known") continue;
      this.#last = event;
      this.items.push(event);
      taken.push(event);
    }
    // Folded first: a listener that hears of the events finds their messages.
    const changes = this.#messages.fold(taken);
    if (taken.length > 0) this.#tell({ type: "appended", items: taken });
    for (const change of changes) this.#tell(change);
    return { taken, end };
  }

  #judge({ id, seq }: RoomEvent): Taken {
    const last = this.#last ?? { id: START, seq: undefined };
    const isLater = comparePositions(id, last.id) > 0;
    if (last.seq === undefined) return isLater ? "taken" : "known";
    if (seq > last.seq + 1) return "hole";
    if (seq === last.seq + 1) return isLater ? "taken" : "contradiction";
    if (isLater) return "contradiction";
    // An event that comes twice was taken in recently, so the search starts at the end.
    for (let index = this.items.length - 1; index >= 0; index -= 1) {
      const item = this.items[index];
      if (item === undefined || isGap(item) || item.seq < seq) break;
      if (item.seq === seq) return item.id === id ? "known" : "contradiction";
    }
    return "known";
  }

  /**
   * Takes in the newest events after a reset. There is no gap if no event was lost and none may be missing.
   */
  reset(events: readonly RoomEvent[], head: Head, hasOlder: boolean, reason: ResetReason): Gap | undefined {
    const ids = new Set(events.map((event) => event.id));
    const common = this.items.findLastIndex((item) => !isGap(item) && ids.has(item.id));
    const kept = common >= 0 ? common + 1 : this.#countBefore(events[0]?.id ?? START);
    const lost = this.items.splice(kept);
    // No event has come since the last reset: the new gap replaces the old one.
    const open = this.items.at(-1);
    if (common < 0 && open !== undefined && isGap(open)) this.items.pop();
    const after = open !== undefined && isGap(open) ? open.after : (this.#last?.id ?? START);
    this.#segments = this.#segments.filter(({ gap }) => gap === undefined || this.items.includes(gap));
    const gap: Gap | undefined =
      common < 0 || lost.some((item) => !isGap(item)) ? { type: "gap", reason, after } : undefined;
    if (gap !== undefined) {
      this.items.push(gap);
      this.#segments.push({ gap, hasOlder: common < 0 && hasOlder });
    }
    const joint = this.items[common];
    for (const event of events) {
      if (joint === undefined || isGap(joint) || comparePositions(event.id, joint.id) > 0) {
        this.items.push(event);
      }
    }
    this.#last = events.at(-1) ?? head;
    this.#refold();
    this.#tell({ type: "reset", gap });
    for (const item of lost) {
      if (item.type === "message.posted" && this.#messages.get(item.id) === undefined) {
        this.#tell({ type: "message", id: item.id, message: undefined });
      }
    }
    return gap;
  }

  /** How many items are before a position; all of them if the log was emptied. */
  #countBefore(id: Position): number {
    if (id === START) return this.items.length;
    const last = this.items.findLastIndex((item) => !isGap(item) && comparePositions(item.id, id) < 0);
    return last + 1;
  }

  #refold(): void {
    this.#messages.clear();
    this.#messages.fold(this.items.filter((item) => !isGap(item)));
  }

  /** The id before which older events can be loaded; undefined if there are none. */
  get before(): Position | undefined {
    const at = this.#olderAt();
    if (at === undefined) return undefined;
    const first = this.items[at.index];
    if (first !== undefined && !isGap(first)) return first.id;
    return this.#last === undefined ? undefined : nextPosition(this.#last.id, 0);
  }

  /** The newest segment that can grow backwards, and the index of its first event. */
  #olderAt(): { readonly segment: Segment; readonly index: number } | undefined {
    const segment = this.#segments.findLast(({ hasOlder }) => hasOlder);
    if (segment === undefined) return undefined;
    return { segment, index: segment.gap === undefined ? 0 : this.items.indexOf(segment.gap) + 1 };
  }

  /**
   * Inserts a page of history before `before`. False if it does not fit because the timeline has changed
   * meanwhile.
   */
  insert(before: Position, page: readonly RoomEvent[], more: boolean): boolean {
    const at = this.#olderAt();
    if (at === undefined || this.before !== before) return false;
    const first = this.items[at.index];
    const nextSeq = first === undefined || isGap(first) ? this.seq + 1 : first.seq;
    const newest = page.at(-1);
    if (newest !== undefined && this.#last?.seq !== undefined && newest.seq !== nextSeq - 1) return false;
    const older = this.items.slice(0, at.index).findLast((item) => !isGap(item));
    const known = older === undefined || isGap(older) ? START : older.id;
    const events = page.filter((event) => comparePositions(event.id, known) > 0);
    // If the page reaches the events before the gap, nothing is missing between them any more.
    at.segment.hasOlder = more && events.length === page.length && page.length > 0;
    if (events.length === 0) return true;
    this.items.splice(at.index, 0, ...events);
    const changes = this.#messages.foldOlder(events);
    this.#tell({ type: "inserted", items: events, at: at.index });
    for (const change of changes) this.#tell(change);
    return true;
  }
}
