/**
 * What a room's log looks like as rows: day lines, turns of speech, joins and leaves taken together, breaks, the line above what is
 * new, and at the end what one has written that has not arrived. A plain function of what the store holds.
 */
import type { Author } from "../src/domain/event.ts";
import type { Message } from "../src/domain/message.ts";
import { comparePositions, timeOf, type Position } from "../src/domain/position.ts";
import type { ResetReason } from "../src/domain/resume.ts";
import type { Unsent } from "./store/unsent.ts";

/** One thing in a room's log, in its place. */
export type Item =
  | { readonly kind: "message"; readonly id: Position; readonly message: Message }
  | { readonly kind: "joined" | "left"; readonly id: Position; readonly by: Author }
  | { readonly kind: "gap"; readonly id: Position; readonly reason: ResetReason };

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
  | { readonly kind: "unsent"; readonly key: string; readonly unsent: Unsent; readonly first: boolean };

export interface Timeline {
  readonly items: readonly Item[];
  readonly unsent: readonly Unsent[];
  /** The last message that had been read when the line was drawn. */
  readonly readUpTo: Position | undefined;
  readonly me: string | undefined;
}

/** How long a turn of speech lasts before its author is named again. */
const TURN_MS = 5 * 60_000;

const dayOf = (at: number): string => new Date(at).toDateString();

/** Joins and leaves that follow each other: the last word on each person counts. */
interface Notice {
  readonly key: string;
  readonly moves: Map<string, { readonly name: string; readonly kind: "joined" | "left" }>;
}

const noticeRow = ({ key, moves }: Notice): Row => {
  const named = (kind: "joined" | "left"): readonly string[] =>
    [...moves.values()].filter((move) => move.kind === kind).map((move) => move.name);
  return { kind: "notice", key, joined: named("joined"), left: named("left") };
};

export const rowsOf = ({ items, unsent, readUpTo, me }: Timeline): readonly Row[] => {
  const rows: Row[] = [];
  let day = "";
  let notice: Notice | undefined;
  let last: Message | undefined;
  let freshDrawn = readUpTo === undefined;

  const flush = (): void => {
    if (notice !== undefined) rows.push(noticeRow(notice));
    notice = undefined;
  };

  for (const item of items) {
    const at = timeOf(item.id);
    if (item.kind !== "gap" && dayOf(at) !== day) {
      flush();
      day = dayOf(at);
      rows.push({ kind: "day", key: `day ${item.id}`, at });
      last = undefined;
    }
    switch (item.kind) {
      case "joined":
      case "left":
        notice ??= { key: `notice ${item.id}`, moves: new Map() };
        notice.moves.set(item.by.id, { name: item.by.name, kind: item.kind });
        last = undefined;
        break;
      case "gap":
        flush();
        rows.push({ kind: "gap", key: `gap ${item.id}`, reason: item.reason });
        last = undefined;
        break;
      case "message": {
        flush();
        const { message } = item;
        if (!freshDrawn && readUpTo !== undefined && comparePositions(item.id, readUpTo) > 0) {
          freshDrawn = true;
          if (message.author.id !== me) {
            rows.push({ kind: "fresh", key: "fresh" });
            last = undefined;
          }
        }
        rows.push({ kind: "message", key: item.id, message, first: begins(message, last) });
        last = message;
      }
    }
  }
  flush();
  let mine = last !== undefined && last.author.id === me;
  for (const one of unsent) {
    rows.push({ kind: "unsent", key: one.key, unsent: one, first: !mine });
    mine = true;
  }
  return rows;
};

/** Whether a message begins a turn: another author or name, a pause, or an answer. */
const begins = (message: Message, last: Message | undefined): boolean =>
  last === undefined ||
  message.replyTo !== undefined ||
  last.author.id !== message.author.id ||
  last.author.name !== message.author.name ||
  timeOf(message.id) - timeOf(last.id) > TURN_MS;
