/**
 * A room's events as a client holds them: in the order of the log, from somewhere on to the last one taken in, and the messages that they make.
 *
 * - Each event is taken in once. What comes again is dropped; what leaves a hole, or contradicts what is here, is not taken in, and the caller
 *   is told, for it means that the connection can't be relied on.
 * - An event touches the one message that it is about, so it costs the same in a room of 50,000. What is about a message whose post is not
 *   loaded is kept until it is.
 * - After a reset, what the log lost is gone from here too, and a gap stands where events may be missing (R3, R4).
 */
import type { RoomEvent } from "../../domain/event.ts";
import { evolveMessage, foldMessage, messageOf, type Message } from "../../domain/message.ts";
import {
  comparePositions,
  EMPTY_HEAD,
  nextPosition,
  START,
  type Head,
  type Position,
} from "../../domain/position.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { CachedRoom } from "../chat/chat.ts";
import type { Gap, Item, RoomChange } from "./room.ts";

/** What became of an event: taken in, there already, beyond a hole, or in contradiction to what is here. */
export type Taken = "taken" | "known" | "hole" | "contradiction";

/** A segment without a gap. */
interface Segment {
  /** The gap in front of it. */
  readonly gap: Gap | undefined;
  /** The log keeps events between that gap, or the start, and its first one. */
  hasOlder: boolean;
}

/** Where a client stands: the seq is not known yet where it came with a position of its own. */
interface Standing {
  readonly id: Position;
  readonly seq: number | undefined;
}

const isGap = (item: Item): item is Gap => item.type === "gap";

export class Timeline {
  readonly items: Item[] = [];
  readonly #tell: (change: RoomChange) => void;
  readonly #messages = new Map<Position, Message>();
  /** Events about messages whose post is not loaded, by message, in order. */
  readonly #waiting = new Map<Position, RoomEvent[]>();
  #segments: Segment[] = [{ gap: undefined, hasOlder: false }];
  #last: Standing | undefined;

  constructor(after: Position | undefined, tell: (change: RoomChange) => void) {
    this.#tell = tell;
    this.#last = after === undefined ? undefined : { id: after, seq: after === START ? 0 : undefined };
  }

  /** The beginning with what a program has kept, before any join. */
  hold({ events, hasOlder, isOld }: CachedRoom): void {
    if (events.length === 0) return;
    this.begin(events, EMPTY_HEAD, hasOlder);
    // What is old is here to be seen: it is no position to go on from.
    if (isOld) this.#last = undefined;
  }

  get position(): Position | undefined {
    return this.#last?.id;
  }

  /** The seq of the last event taken in, as far as that is known. */
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

  /** The beginning of a first join without a position: the newest events, or where the room stands if there are none. What was here was old. */
  begin(events: readonly RoomEvent[], head: Head, hasOlder: boolean): void {
    this.#clear();
    const first = events[0];
    this.#last = first === undefined ? head : { id: START, seq: first.seq - 1 };
    this.#segments = [{ gap: undefined, hasOlder }];
    this.takeAll(events);
  }

  #clear(): void {
    if (this.items.length === 0) return;
    const ids = [...this.#messages.keys()];
    this.items.length = 0;
    this.#messages.clear();
    this.#waiting.clear();
    this.#tell({ type: "reset", gap: undefined });
    for (const id of ids) this.#tell({ type: "message", id, message: undefined });
  }

  /** A resume is granted: where there is nothing to replay, the head tells the seq of one's own position. */
  resume(events: readonly RoomEvent[], head: Head): void {
    if (this.#last?.seq === undefined && events.length === 0 && head.id === this.#last?.id) this.#last = head;
    // A program's own position: the log is older than what is held.
    if (this.items.length === 0 && this.#last !== undefined && this.#last.id !== START) {
      this.#segments = [{ gap: undefined, hasOlder: true }];
    }
  }

  /** Takes in events as long as they follow one another; tells those taken, and what the first that could not be is. */
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
    // Folded first, so that whoever is told of the events finds their messages.
    const changes = taken.flatMap((event) => this.#fold(event));
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
    // What comes twice was taken in lately.
    for (let index = this.items.length - 1; index >= 0; index -= 1) {
      const item = this.items[index];
      if (item === undefined || isGap(item) || item.seq < seq) break;
      if (item.seq === seq) return item.id === id ? "known" : "contradiction";
    }
    return "known";
  }

  /** What it changes: one message, or none. */
  #fold(event: RoomEvent): readonly RoomChange[] {
    const id = messageOf(event);
    if (id === undefined) return [];
    const before = this.#messages.get(id);
    const message = evolveMessage(before, event);
    if (message === undefined) this.#await(id, event);
    if (message === undefined || message === before) return [];
    this.#messages.set(id, message);
    return [{ type: "message", id, message }];
  }

  /** Keeps an event for when its message's post is loaded. */
  #await(id: Position, event: RoomEvent): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) this.#waiting.set(id, [event]);
    else waiting.push(event);
  }

  /** The newest events after a reset. Where nothing that was here is lost or may be missing, there is no gap. */
  reset(events: readonly RoomEvent[], head: Head, hasOlder: boolean, reason: ResetReason): Gap | undefined {
    const ids = new Set(events.map((event) => event.id));
    const common = this.items.findLastIndex((item) => !isGap(item) && ids.has(item.id));
    const kept = common >= 0 ? common + 1 : this.#countBefore(events[0]?.id ?? START);
    const lost = this.items.splice(kept);
    // Nothing has come since the last reset: one gap takes the place of the other.
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
      if (item.type === "message.posted" && !this.#messages.has(item.id)) {
        this.#tell({ type: "message", id: item.id, message: undefined });
      }
    }
    return gap;
  }

  /** How many items lie before a position; in an emptied log, all of them. */
  #countBefore(id: Position): number {
    if (id === START) return this.items.length;
    const last = this.items.findLastIndex((item) => !isGap(item) && comparePositions(item.id, id) < 0);
    return last + 1;
  }

  #refold(): void {
    this.#messages.clear();
    this.#waiting.clear();
    for (const item of this.items) {
      if (isGap(item)) continue;
      const id = messageOf(item);
      if (id === undefined) continue;
      const message = evolveMessage(this.#messages.get(id), item);
      if (message === undefined) this.#await(id, item);
      else this.#messages.set(id, message);
    }
  }

  /** The id to ask for older events before; undefined where there are none. */
  get before(): Position | undefined {
    const at = this.#olderAt();
    if (at === undefined) return undefined;
    const first = this.items[at.index];
    if (first !== undefined && !isGap(first)) return first.id;
    return this.#last === undefined ? undefined : nextPosition(this.#last.id, 0);
  }

  /** The newest segment that can grow backwards, and where its first event is. */
  #olderAt(): { readonly segment: Segment; readonly index: number } | undefined {
    const segment = this.#segments.findLast(({ hasOlder }) => hasOlder);
    if (segment === undefined) return undefined;
    return { segment, index: segment.gap === undefined ? 0 : this.items.indexOf(segment.gap) + 1 };
  }

  /** A page of history before `before`. False where it does not fit, since the timeline has changed meanwhile. */
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
    // Where the page reaches what was here before the gap, the two are joined up.
    at.segment.hasOlder = more && events.length === page.length && page.length > 0;
    if (events.length === 0) return true;
    this.items.splice(at.index, 0, ...events);
    const changes = this.#foldOlder(events);
    this.#tell({ type: "inserted", items: events, at: at.index });
    for (const change of changes) this.#tell(change);
    return true;
  }

  /** Folds events that are older than all that was known of their messages. */
  #foldOlder(events: readonly RoomEvent[]): readonly RoomChange[] {
    const changes: RoomChange[] = [];
    const byMessage = new Map<Position, RoomEvent[]>();
    for (const event of events) {
      const id = messageOf(event);
      const about = id === undefined ? undefined : byMessage.get(id);
      if (about !== undefined) about.push(event);
      else if (id !== undefined) byMessage.set(id, [event]);
    }
    for (const [id, about] of byMessage) {
      if (this.#messages.has(id)) {
        for (const event of about) changes.push(...this.#fold(event));
        continue;
      }
      const all = [...about, ...(this.#waiting.get(id) ?? [])];
      const message = foldMessage(all);
      if (message === undefined) {
        this.#waiting.set(id, all);
      } else {
        this.#waiting.delete(id);
        this.#messages.set(id, message);
        changes.push({ type: "message", id, message });
      }
    }
    return changes;
  }
}
