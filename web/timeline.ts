/**
 * What a room's log looks like as rows: day lines, turns of speech, joins and leaves taken together, breaks, the line above what is
 * new, and at the end what one has written that has not arrived. A plain function of what the client holds.
 */
import type { Item, Pending } from "../src/client/index.ts";
import type { Message } from "../src/domain/message.ts";
import { comparePositions, timeOf, type Position } from "../src/domain/position.ts";
import type { ResetReason } from "../src/domain/resume.ts";

export type Row =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "message"; readonly key: string; readonly message: Message; readonly first: boolean }
  | {
      readonly kind: "notice";
      readonly key: string;
      readonly joined: readonly string[];
      readonly left: readonly string[];
    }
  | { readonly kind: "gap"; readonly key: string; readonly reason: ResetReason }
  | { readonly kind: "fresh"; readonly key: string }
  | { readonly kind: "unsent"; readonly key: string; readonly pending: Pending; readonly first: boolean };

export interface Timeline {
  readonly items: readonly Item[];
  readonly message: (id: Position) => Message | undefined;
  readonly unsent: readonly Pending[];
  /** The last event that had been read when the line above the new ones was drawn. */
  readonly readUpTo: Position | undefined;
  /** One's own user id. */
  readonly me: string | undefined;
}

/** How long a turn of speech lasts before its author is named again. */
const TURN_MS = 5 * 60_000;

/** The reader's day that a time is in, from its start to the next one's, in unix ms. */
interface Day {
  readonly from: number;
  readonly to: number;
}

const dayOf = (at: number): Day => {
  const midnight = new Date(at);
  const from = midnight.setHours(0, 0, 0, 0);
  return { from, to: midnight.setDate(midnight.getDate() + 1) };
};

/** Joins and leaves that follow each other: the last word on each person counts. */
interface Notice {
  readonly key: string;
  readonly moves: Map<string, { readonly name: string; readonly type: "member.joined" | "member.left" }>;
}

/** Whether a message begins a turn: another author or name, a pause, or an answer. */
const begins = (message: Message, last: Message | undefined): boolean =>
  last === undefined ||
  message.replyTo !== undefined ||
  last.author.id !== message.author.id ||
  last.author.name !== message.author.name ||
  timeOf(message.id) - timeOf(last.id) > TURN_MS;

class Rows {
  readonly rows: Row[] = [];
  readonly #timeline: Timeline;
  #day: Day | undefined;
  #notice: Notice | undefined;
  #last: Message | undefined;
  #lineDrawn: boolean;

  constructor(timeline: Timeline) {
    this.#timeline = timeline;
    this.#lineDrawn = timeline.readUpTo === undefined;
  }

  add(item: Item): void {
    switch (item.type) {
      case "gap":
        this.#endTurn();
        this.#flush();
        this.rows.push({ kind: "gap", key: `gap ${item.after}`, reason: item.reason });
        break;
      case "member.joined":
      case "member.left":
        this.#enterDay(item.id);
        this.#endTurn();
        this.#notice ??= { key: `notice ${item.id}`, moves: new Map() };
        this.#notice.moves.set(item.by.id, { name: item.by.name, type: item.type });
        break;
      case "message.posted": {
        const message = this.#timeline.message(item.id);
        if (message === undefined) break;
        this.#enterDay(item.id);
        this.#flush();
        this.#drawLine(message);
        this.rows.push({ kind: "message", key: message.id, message, first: begins(message, this.#last) });
        this.#last = message;
        break;
      }
      case "message.edited":
      case "message.deleted":
      case "reaction.added":
      case "reaction.removed":
      case "unknown":
        // What these change is seen in the message that they are about.
        break;
    }
  }

  end(): readonly Row[] {
    this.#flush();
    let first = this.#last === undefined || this.#last.author.id !== this.#timeline.me;
    for (const pending of this.#timeline.unsent) {
      this.rows.push({ kind: "unsent", key: pending.key, pending, first });
      first = false;
    }
    return this.rows;
  }

  #enterDay(id: Position): void {
    const at = timeOf(id);
    if (this.#day !== undefined && at >= this.#day.from && at < this.#day.to) return;
    this.#day = dayOf(at);
    this.#flush();
    this.#endTurn();
    this.rows.push({ kind: "day", key: `day ${id}`, at });
  }

  /** The line above what is new, unless that is one's own. */
  #drawLine(message: Message): void {
    const { readUpTo, me } = this.#timeline;
    if (this.#lineDrawn || readUpTo === undefined || comparePositions(message.id, readUpTo) <= 0) return;
    this.#lineDrawn = true;
    if (message.author.id === me) return;
    this.rows.push({ kind: "fresh", key: "fresh" });
    this.#endTurn();
  }

  #endTurn(): void {
    this.#last = undefined;
  }

  #flush(): void {
    if (this.#notice === undefined) return;
    const { key, moves } = this.#notice;
    const named = (type: "member.joined" | "member.left"): readonly string[] =>
      [...moves.values()].filter((move) => move.type === type).map((move) => move.name);
    this.rows.push({ kind: "notice", key, joined: named("member.joined"), left: named("member.left") });
    this.#notice = undefined;
  }
}

export const rowsOf = (timeline: Timeline): readonly Row[] => {
  const rows = new Rows(timeline);
  for (const item of timeline.items) rows.add(item);
  return rows.end();
};
