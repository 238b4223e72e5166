/**
 * Decodes events, from stored entries and from the JSON of frames.
 *
 * Always true: decoding never throws for a JSON value. An event that this version can't decode is `unknown`,
 * and keeps its place in the log (W7).
 */
import { isKnownType, type Author, type RoomEvent } from "../domain/event.ts";
import { parseIdempotencyKey, type IdempotencyKey } from "../domain/idempotency-key.ts";
import { parsePosition, type Position } from "../domain/position.ts";
import type { RosterStep } from "../domain/roster.ts";
import { parseUserId } from "../domain/user.ts";
import { FORMAT_VERSION, type Entry } from "./entry.ts";
import { isRecord, parseJson, type Fields } from "./json.ts";

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

const decodeText = ({ text, deleted }: Fields): { text: string } | { deleted: true } | undefined => {
  if (deleted === true) return { deleted };
  return typeof text === "string" ? { text } : undefined;
};

/** An event from its JSON. Undefined if it has no valid id or seq; `unknown` if the rest is not valid. */
export const decodeEvent = (value: unknown): RoomEvent | undefined => {
  if (!isRecord(value)) return undefined;
  const id = decodePosition(value["id"]);
  const seq = value["seq"];
  if (id === undefined || typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1) return undefined;
  const { type, by, message } = value;
  return decodeKnown(id, seq, type, decodeAuthor(by), message, value) ?? { id, seq, type: "unknown" };
};

/** An event from an entry of the log. */
export const eventOf = ({ id, seq, version, type, subject, author, body }: Entry): RoomEvent => {
  const unknown = { id, seq, type: "unknown" } as const;
  if (version > FORMAT_VERSION) return unknown;
  const fields = parseJson(body);
  if (!isRecord(fields)) return unknown;
  return decodeKnown(id, seq, type, decodeAuthor(parseJson(author)), subject, fields) ?? unknown;
};

/** The part of an entry that a roster needs. It does not parse the body. */
export const rosterStepOf = ({ version, type, author }: Entry): RosterStep => {
  const by = version > FORMAT_VERSION ? undefined : decodeAuthor(parseJson(author));
  return by !== undefined && isKnownType(type) ? { type, by } : { type: "unknown" };
};

const decodeKnown = (
  id: Position,
  seq: number,
  type: unknown,
  by: Author | undefined,
  subject: unknown,
  fields: Fields,
): RoomEvent | undefined => {
  if (by === undefined) return undefined;
  if (type === "member.joined" || type === "member.left") return { id, seq, type, by };
  const key = decodeKey(fields["key"]);
  if (key === undefined) return undefined;
  if (type === "message.posted") {
    const text = decodeText(fields);
    const replyTo = decodePosition(fields["replyTo"]);
    if (text === undefined) return undefined;
    return { id, seq, type, by, key, ...text, ...(replyTo !== undefined && { replyTo }) };
  }
  const message = decodePosition(subject);
  if (message === undefined) return undefined;
  switch (type) {
    case "message.edited": {
      const text = decodeText(fields);
      return text && { id, seq, type, by, key, message, ...text };
    }
    case "message.deleted":
      return { id, seq, type, by, key, message };
    case "reaction.added":
    case "reaction.removed": {
      const { emoji } = fields;
      return typeof emoji === "string" ? { id, seq, type, by, key, message, emoji } : undefined;
    }
    default:
      return undefined;
  }
};
