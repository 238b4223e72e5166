/**
 * Decodes frames from the server, for the client.
 *
 * Always true:
 * - A malformed frame, or a frame of an unknown type, decodes to undefined, and the client ignores it (W7).
 *   If it carried events, the next event or heartbeat shows the hole in `seq`.
 * - No input makes it throw.
 */
import type { Author, RoomEvent } from "../domain/event.ts";
import type { GoingAwayReason } from "../domain/going-away.ts";
import type { Head } from "../domain/position.ts";
import type { ResetReason } from "../domain/resume.ts";
import { decodeAuthor, decodeEvent, decodePosition } from "../log/decode-event.ts";
import { ERROR_CODES, type ErrorCode } from "./protocol.ts";
import type { LeftReason, Limits, Replay, ServerFrame } from "./server-frame.ts";
import { isRecord, parseJson, type Fields } from "../log/json.ts";

const isText = (value: unknown): value is string => typeof value === "string";
const isFlag = (value: unknown): value is boolean => typeof value === "boolean";
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isDuration = (value: unknown): value is number => Number.isFinite(value) && Number(value) >= 0;
const isPositive = (value: unknown): value is number => isDuration(value) && value > 0;
const isErrorCode = (value: unknown): value is ErrorCode => ERROR_CODES.some((code) => code === value);
const isGoingAwayReason = (value: unknown): value is GoingAwayReason =>
  value === "rotation" || value === "shutdown" || value === "upgrade";
const isResetReason = (value: unknown): value is ResetReason => value === "trimmed" || value === "unknown";

/** The decoded list, or undefined if an item can't be decoded. */
const decodeList = <T>(
  value: unknown,
  decode: (item: unknown) => T | undefined,
): readonly T[] | undefined => {
  if (!Array.isArray(value)) return undefined;
  const list: T[] = [];
  for (const item of value) {
    const decoded = decode(item);
    if (decoded === undefined) return undefined;
    list.push(decoded);
  }
  return list;
};

const decodeEvents = (value: unknown): readonly RoomEvent[] | undefined => decodeList(value, decodeEvent);
const decodeMembers = (value: unknown): readonly Author[] | undefined => decodeList(value, decodeAuthor);

const decodeHead = (value: unknown): Head | undefined => {
  if (!isRecord(value)) return undefined;
  const id = decodePosition(value["id"]);
  const { seq } = value;
  return id !== undefined && isCount(seq) ? { id, seq } : undefined;
};

const decodeLimits = (value: unknown): Limits | undefined => {
  if (!isRecord(value)) return undefined;
  const { textLength, roomsPerConnection, messagesPerSecond, burst } = value;
  return isDuration(textLength) &&
    isDuration(roomsPerConnection) &&
    isPositive(messagesPerSecond) &&
    isPositive(burst)
    ? { textLength, roomsPerConnection, messagesPerSecond, burst }
    : undefined;
};

const decodeReplay = ({ replay, reason }: Fields): Replay | undefined => {
  if (replay === "recent" || replay === "resumed") return { replay };
  return replay === "reset" && isResetReason(reason) ? { replay, reason } : undefined;
};

const decodeWelcome = (fields: Fields): ServerFrame | undefined => {
  const { protocol, token, connection, heartbeatMs } = fields;
  const user = decodeAuthor(fields["user"]);
  const limits = decodeLimits(fields["limits"]);
  return isCount(protocol) &&
    user !== undefined &&
    isText(token) &&
    isText(connection) &&
    isDuration(heartbeatMs) &&
    limits !== undefined
    ? { type: "welcome", protocol, user, token, connection, heartbeatMs, limits }
    : undefined;
};

const decodeJoined = (fields: Fields, room: string): ServerFrame | undefined => {
  const { ref, more, memberCount } = fields;
  const replay = decodeReplay(fields);
  const head = decodeHead(fields["head"]);
  const events = decodeEvents(fields["events"]);
  const members = decodeMembers(fields["members"]);
  return (ref == null || isText(ref)) &&
    replay !== undefined &&
    head !== undefined &&
    events !== undefined &&
    isFlag(more) &&
    members !== undefined &&
    isCount(memberCount)
    ? { type: "joined", ref: ref ?? undefined, room, ...replay, head, events, more, members, memberCount }
    : undefined;
};

const decodeHeads = (value: unknown): Readonly<Record<string, number>> | undefined => {
  if (!isRecord(value)) return undefined;
  // Built from entries, so that a room named `__proto__` is a room like any other.
  const heads: [string, number][] = [];
  for (const [room, seq] of Object.entries(value)) if (isCount(seq)) heads.push([room, seq]);
  return Object.fromEntries(heads);
};

const isLeftReason = (value: unknown): value is LeftReason => value === "removed" || value === "forbidden";

const decodeLeft = ({ ref, reason }: Fields, room: string): ServerFrame | undefined => {
  if (isText(ref)) return { type: "left", ref, room };
  return ref == null && isLeftReason(reason) ? { type: "left", room, reason } : undefined;
};

const decodeInRoom = (type: unknown, room: string, fields: Fields): ServerFrame | undefined => {
  const { ref, seq, duplicate, more, memberCount } = fields;
  switch (type) {
    case "joined":
      return decodeJoined(fields, room);
    case "left":
      return decodeLeft(fields, room);
    case "events": {
      const events = decodeEvents(fields["events"]);
      return events && { type, room, events };
    }
    case "ack": {
      const id = decodePosition(fields["id"]);
      return isText(ref) && id !== undefined && isCount(seq) && isFlag(duplicate)
        ? { type, ref, room, id, seq, duplicate }
        : undefined;
    }
    case "page": {
      const events = decodeEvents(fields["events"]);
      return isText(ref) && events !== undefined && isFlag(more)
        ? { type, ref, room, events, more }
        : undefined;
    }
    case "signal": {
      const user = decodeAuthor(fields["user"]);
      return fields["kind"] === "typing" && user !== undefined
        ? { type, room, kind: "typing", user }
        : undefined;
    }
    case "members":
      return isCount(memberCount) ? { type, room, memberCount } : undefined;
    default:
      return undefined;
  }
};

const decode = (fields: Fields): ServerFrame | undefined => {
  const { type, room, ref, reason, afterMs, deadlineMs, code, message, retryAfterMs } = fields;
  switch (type) {
    case "welcome":
      return decodeWelcome(fields);
    case "heartbeat": {
      const heads = decodeHeads(fields["heads"]);
      return heads && { type, heads };
    }
    case "goaway":
      return isGoingAwayReason(reason) && isDuration(afterMs) && isDuration(deadlineMs)
        ? { type, reason, afterMs, deadlineMs }
        : undefined;
    case "error":
      return isErrorCode(code) && isText(message)
        ? {
            type,
            ref: isText(ref) ? ref : undefined,
            code,
            message,
            retryAfterMs: isDuration(retryAfterMs) ? retryAfterMs : undefined,
          }
        : undefined;
    default:
      return isText(room) ? decodeInRoom(type, room, fields) : undefined;
  }
};

export const decodeServerFrame = (text: string): ServerFrame | undefined => {
  const fields = parseJson(text);
  return isRecord(fields) ? decode(fields) : undefined;
};
