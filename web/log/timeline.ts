/**
 * A room's log as rows: days, messages in turns of speech, joins and leaves taken together, gaps, the line
 * above the new messages, and at the end the unsent messages. A pure function of what the client holds.
 *
 * The rows of an item depend on the items before it only as far back as the previous message. So any segment
 * of a log can be turned into rows by itself, at a cost that does not grow with the log.
 */
import type { Author, Item, Pending } from "../../src/client/index.ts";
import type { Message } from "../../src/domain/message.ts";
import { comparePositions, timeOf, type Position } from "../../src/domain/position.ts";
import type { ResetReason } from "../../src/domain/resume.ts";
import { linesOf } from "../text/folding.ts";
import { dayOf, isIn, type Day } from "./day.ts";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "message"; readonly key: string; readonly message: Message; readonly first: boolean }
  | {
      readonly kind: "notice";
      readonly key: string;
      readonly joined: readonly Author[];
      readonly left: readonly Author[];
    }
  | { readonly kind: "gap"; readonly key: string; readonly reason: ResetReason }
  | { readonly kind: "newMessages"; readonly key: string }
  | { readonly kind: "unsent"; readonly key: string; readonly pending: Pending; readonly first: boolean };

export interface Timeline {
  readonly items: readonly Item[];
  readonly message: (id: Position) => Message | undefined;
  readonly unsent: readonly Pending[];
  /** The last event above the line that marks the new messages. */
  readonly newAfter: Position | undefined;
  /** The user's own id. */
  readonly me: string | undefined;
}

/** A segment of a log as rows. */
export interface Segment {
  readonly rows: readonly Row[];
  /** For each row, the index of its first item. Rows of unsent messages have none. */
  readonly begins: readonly number[];
  /** For each of these, how many lines of the segment are above it. */
  readonly above: readonly number[];
  /** The index of the first item with a row after the segment; the number of items if there is none. */
  readonly end: number;
}

type Move = Item & { readonly type: "member.joined" | "member.left" };

/** Whether an item has a row. Edits and reactions have none: they show in the message that they are about. */
export const hasRow = ({ type }: Item): boolean =>
  type === "message.posted" || type === "member.joined" || type === "member.left" || type === "gap";

export const isMove = (item: Item): item is Move =>
  item.type === "member.joined" || item.type === "member.left";

/** The height of a message's row, in lines. */
export const heightOf = (message: Message | undefined): number => linesOf(message?.text ?? "");

/** After a longer pause the author is named again. */
const TURN_MS = 5 * 60_000;

/** Joins and leaves that follow each other on one day. The last one of each person counts. */
interface Notice {
  readonly begin: number;
  readonly id: Position;
  readonly moves: Map<string, { readonly author: Author; readonly type: Move["type"] }>;
}

/** Whether a message starts a turn: it has another author or name, follows a pause, or is an answer. */
const beginsTurn = (message: Message, last: Message | undefined): boolean =>
  last === undefined ||
  message.replyTo !== undefined ||
  last.author.id !== message.author.id ||
  last.author.name !== message.author.name ||
  timeOf(message.id) - timeOf(last.id) > TURN_MS;

class Rows {
  readonly rows: Row[] = [];
  readonly begins: number[] = [];
  readonly above: number[] = [];
  /** The height of all rows, in lines. */
  lines = 0;
  readonly #timeline: Timeline;
  #day: Day | undefined;
  #notice: Notice | undefined;
  /** The previous message, and whether the current turn includes it. */
  #before: Message | undefined;
  #inTurn = false;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
  }

  add(item: Item, index: number): void {
    switch (item.type) {
      case "gap":
        this.#inTurn = false;
        this.#closeNotice();
        this.#push({ kind: "gap", key: `gap ${item.after}`, reason: item.reason }, index);
        break;
      case "member.joined":
      case "member.left":
        this.#enterDay(item.id, index);
        this.#inTurn = false;
        this.#notice ??= { begin: index, id: item.id, moves: new Map() };
        this.#notice.moves.set(item.by.id, { author: item.by, type: item.type });
        break;
      case "message.posted": {
        const message = this.#timeline.message(item.id);
        if (message === undefined) break;
        this.#enterDay(item.id, index);
        this.#closeNotice();
        this.#drawLine(message, index);
        const first = beginsTurn(message, this.#inTurn ? this.#before : undefined);
        this.#push({ kind: "message", key: message.id, message, first }, index);
        this.#before = message;
        this.#inTurn = true;
        break;
      }
      case "message.edited":
      case "message.deleted":
      case "reaction.added":
      case "reaction.removed":
      case "unknown":
        break;
    }
  }

  /** Whether an item belongs to the last row. */
  continuesRow(item: Item): boolean {
    return this.#notice !== undefined && isMove(item) && isIn(this.#day, timeOf(item.id));
  }

  /** Drops the rows so far, which are before the segment, and keeps what the next rows depend on. */
  forget(): void {
    this.rows.length = 0;
    this.begins.length = 0;
    this.above.length = 0;
    this.lines = 0;
  }

  close(): void {
    this.#closeNotice();
  }

  addUnsent(): void {
    let first = !this.#inTurn || this.#before?.author.id !== this.#timeline.me;
    for (const pending of this.#timeline.unsent) {
      this.rows.push({ kind: "unsent", key: pending.key, pending, first });
      first = false;
    }
  }

  #push(row: Row, index: number): void {
    this.rows.push(row);
    this.begins.push(index);
    this.above.push(this.lines);
    this.lines += row.kind === "message" ? heightOf(row.message) : 1;
  }

  #enterDay(id: Position, index: number): void {
    const at = timeOf(id);
    if (isIn(this.#day, at)) return;
    this.#day = dayOf(at);
    this.#closeNotice();
    this.#inTurn = false;
    this.#push({ kind: "day", key: `day ${id}`, at }, index);
  }

  /** The line above the first new message, unless that is the user's own. */
  #drawLine(message: Message, index: number): void {
    const { newAfter, me } = this.#timeline;
    if (newAfter === undefined || comparePositions(message.id, newAfter) <= 0) return;
    if (this.#before !== undefined && comparePositions(this.#before.id, newAfter) > 0) return;
    if (message.author.id === me) return;
    this.#push({ kind: "newMessages", key: `new after ${newAfter}` }, index);
    this.#inTurn = false;
  }

  #closeNotice(): void {
    if (this.#notice === undefined) return;
    const { begin, id, moves } = this.#notice;
    const named = (type: Move["type"]): readonly Author[] =>
      [...moves.values()].filter((move) => move.type === type).map((move) => move.author);
    const notice = { joined: named("member.joined"), left: named("member.left") };
    this.#push({ kind: "notice", key: `notice ${id}`, ...notice }, begin);
    this.#notice = undefined;
  }
}

/**
 * The rows of the items from an index on, up to `most` lines or a few more, because no row is cut. The item
 * at the index must start a row.
 */
export const rowsFrom = (timeline: Timeline, from: number, most: number): Segment => {
  const { items } = timeline;
  const rows = new Rows(timeline);
  let end = from;
  while (end > 0 && (end === from || items[end]?.type !== "message.posted")) end -= 1;
  for (; end < items.length; end += 1) {
    const item = items[end];
    if (item === undefined || !hasRow(item)) continue;
    if (end === from) {
      rows.close();
      rows.forget();
    }
    if (end > from && rows.lines >= most && !rows.continuesRow(item)) break;
    rows.add(item, end);
  }
  rows.close();
  if (end === items.length) rows.addUnsent();
  return { rows: rows.rows, begins: rows.begins, above: rows.above, end };
};
