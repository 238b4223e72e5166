/**
 * Events in JSON. A fact is encoded once, when it is appended; from then on its JSON travels as it is, through the log, the fan-out and the
 * backlog, and nothing between parses what it only passes on.
 */
import type { Author, Fact, RoomEvent } from "../domain/event.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../domain/idempotency-key.ts";
import type { Linked } from "../domain/backlog.ts";
import { parsePosition, type Position } from "../domain/position.ts";
import { parseUserId } from "../domain/user.ts";

/** An event as the log gives it out: linked to the one before, and in the JSON that clients get. */
export interface Entry extends Linked {
  readonly json: string;
}

/** What the log stores of a fact; the id and the seq, which only the log knows, go in front of it. */
export const encodeFact = (fact: Fact): string => {
  const { type, by, ...rest } = fact;
  return JSON.stringify({ type, by, ...rest });
};

/** The entry that a stored fact is at its place in the log. */
export const entryOf = (id: Position, seq: number, previous: Position, fact: string): Entry => {
  const json = `{"id":"${id}","seq":${seq},${fact.slice(1)}`;
  return { id, seq, previous, json, size: json.length };
};

/** D6: the stored fact of a deleted message's post or edit, without its text. */
export const withoutText = (fact: string): string => {
  const parsed: unknown = JSON.parse(fact);
  if (!isRecord(parsed)) return fact;
  const { text: _, ...rest } = parsed;
  return JSON.stringify({ ...rest, deleted: true });
};

/** D6: the same of an entry. */
export const redacted = (entry: Entry): Entry => {
  const json = withoutText(entry.json);
  return { ...entry, json, size: json.length };
};

/** Parses an entry that the log gave out. */
export const eventOf = (entry: Entry): RoomEvent =>
  decodeEvent(JSON.parse(entry.json)) ?? { id: entry.id, seq: entry.seq, type: "unknown" };

type Fields = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const decodePosition = (value: unknown): Position | undefined => {
  const parsed = typeof value === "string" ? parsePosition(value) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
};

export const decodeAuthor = (value: unknown): Author | undefined => {
  if (!isRecord(value)) return undefined;
  const { id, name } = value;
  if (typeof id !== "string" || typeof name !== "string") return undefined;
  const parsed = parseUserId(id);
  return parsed.ok ? { id: parsed.value, name } : undefined;
};

const decodeKey = (value: unknown): IdempotencyKey | undefined => {
  const parsed = typeof value === "string" ? parseIdempotencyKey(value) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
};

const decodeWords = ({ text, deleted }: Fields): { text: string } | { deleted: true } | undefined => {
  if (deleted === true) return { deleted };
  return typeof text === "string" ? { text } : undefined;
};

/**
 * An event from its JSON: undefined where it has no id or seq, and `unknown` where this version can't make sense of
 * the rest, so that it keeps its place (W7).
 */
export const decodeEvent = (value: unknown): RoomEvent | undefined => {
  if (!isRecord(value)) return undefined;
  const id = decodePosition(value["id"]);
  const seq = value["seq"];
  if (id === undefined || typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  return decodeKnown(id, seq, value) ?? { id, seq, type: "unknown" };
};

const decodeKnown = (id: Position, seq: number, value: Fields): RoomEvent | undefined => {
  const { type } = value;
  const by = decodeAuthor(value["by"]);
  if (by === undefined) return undefined;
  if (type === "member.joined" || type === "member.left") return { id, seq, type, by };
  const key = decodeKey(value["key"]);
  if (key === undefined) return undefined;
  if (type === "message.posted") {
    const words = decodeWords(value);
    const replyTo = decodePosition(value["replyTo"]);
    if (words === undefined) return undefined;
    return { id, seq, type, by, key, ...words, ...(replyTo !== undefined && { replyTo }) };
  }
  const message = decodePosition(value["message"]);
  if (message === undefined) return undefined;
  switch (type) {
    case "message.edited": {
      const words = decodeWords(value);
      return words && { id, seq, type, by, key, message, ...words };
    }
    case "message.deleted":
      return { id, seq, type, by, key, message };
    case "reaction.added":
    case "reaction.removed": {
      const { emoji } = value;
      return typeof emoji === "string" ? { id, seq, type, by, key, message, emoji } : undefined;
    }
    default:
      return undefined;
  }
};
