/**
 * Frames from a client: their types, and how the server decodes them.
 *
 * Always true:
 * - Decoding checks only the form (W5): types, missing fields, ranges and positions (V4). The message of a
 *   fault helps the author of a client. The domain checks whether a well-typed name, text, key or emoji is
 *   valid, with a code of its own.
 * - Unknown fields are ignored (W7). `null` for an optional field means that the field is left out.
 * - No input makes it throw.
 */
import { accept, reject, type Decision } from "../domain/decision.ts";
import { hasLength, isWellFormed } from "../domain/characters.ts";
import { parsePosition, START, type Position } from "../domain/position.ts";
import { MAX_EVENTS, DEFAULT_EVENTS } from "./protocol.ts";
import { isRecord, parseJson } from "../log/json.ts";

export interface Hello {
  readonly type: "hello";
  readonly ref: string | undefined;
  readonly name: string;
  readonly token: string | undefined;
}
export interface Join {
  readonly type: "join";
  readonly ref: string;
  readonly room: string;
  readonly after: Position | undefined;
  readonly limit: number;
}
export interface Leave {
  readonly type: "leave";
  readonly ref: string;
  readonly room: string;
}
export interface Post {
  readonly type: "post";
  readonly ref: string;
  readonly room: string;
  readonly key: string;
  readonly text: string;
  readonly replyTo: Position | undefined;
}
export interface Edit {
  readonly type: "edit";
  readonly ref: string;
  readonly room: string;
  readonly key: string;
  readonly message: Position;
  readonly text: string;
}
export interface Delete {
  readonly type: "delete";
  readonly ref: string;
  readonly room: string;
  readonly key: string;
  readonly message: Position;
}
export interface React {
  readonly type: "react";
  readonly ref: string;
  readonly room: string;
  readonly key: string;
  readonly message: Position;
  readonly emoji: string;
  readonly on: boolean;
}
export interface History {
  readonly type: "history";
  readonly ref: string;
  readonly room: string;
  readonly before: Position;
  readonly limit: number;
}
export interface Typing {
  readonly type: "typing";
  readonly ref: string | undefined;
  readonly room: string;
}

export type MessageFrame = Post | Edit | Delete | React;
export type RoomFrame = Join | Leave | MessageFrame | History | Typing;
export type ClientFrame = Hello | RoomFrame;

export interface BadFrame {
  /** The ref of the frame, if it had a valid one. */
  readonly ref: string | undefined;
  /** The `type` of the frame, if it was a string. */
  readonly type: string | undefined;
  readonly message: string;
}

const MAX_REF_LENGTH = 64;
const isRef = (value: unknown): value is string =>
  typeof value === "string" && isWellFormed(value) && hasLength(value, MAX_REF_LENGTH);

/**
 * Reads the fields of one frame, and records the first fault. The values read after a fault are never used.
 */
class Fields {
  fault: string | undefined;
  readonly #record: Readonly<Record<string, unknown>>;

  constructor(record: Readonly<Record<string, unknown>>) {
    this.#record = record;
  }

  #bad(message: string): void {
    this.fault ??= message;
  }

  string(name: string): string {
    const value = this.#record[name];
    if (typeof value === "string") return value;
    this.#bad(value === undefined ? `"${name}" is missing` : `"${name}" must be a string`);
    return "";
  }

  optionalString(name: string): string | undefined {
    return this.#record[name] == null ? undefined : this.string(name);
  }

  ref(): string {
    const value = this.#record["ref"];
    if (isRef(value)) return value;
    this.#bad(value === undefined ? `"ref" is missing` : `"ref" must be a string of 1 to 64 characters`);
    return "";
  }

  /**
   * The ref of a frame that needs none by the contract: the answer carries a valid one, others are ignored
   * (W7).
   */
  optionalRef(): string | undefined {
    const value = this.#record["ref"];
    return isRef(value) ? value : undefined;
  }

  boolean(name: string): boolean {
    const value = this.#record[name];
    if (typeof value === "boolean") return value;
    this.#bad(value === undefined ? `"${name}" is missing` : `"${name}" must be true or false`);
    return false;
  }

  position(name: string): Position {
    const raw = this.string(name);
    const parsed = parsePosition(raw);
    if (parsed.ok) return parsed.value;
    this.#bad(`"${name}" must be an event id of the form <digits>-<digits>`);
    return START;
  }

  optionalPosition(name: string): Position | undefined {
    return this.#record[name] == null ? undefined : this.position(name);
  }

  limit(min: number): number {
    const value = this.#record["limit"];
    if (value == null) return DEFAULT_EVENTS;
    if (typeof value === "number" && Number.isInteger(value) && value >= min && value <= MAX_EVENTS) {
      return value;
    }
    this.#bad(`"limit" must be a whole number from ${min} to ${MAX_EVENTS}`);
    return min;
  }
}

const read = (type: string, fields: Fields): ClientFrame | undefined => {
  switch (type) {
    case "hello":
      return {
        type,
        ref: fields.optionalRef(),
        name: fields.string("name"),
        token: fields.optionalString("token"),
      };
    case "join":
      return {
        type,
        ref: fields.ref(),
        room: fields.string("room"),
        after: fields.optionalPosition("after"),
        limit: fields.limit(0),
      };
    case "leave":
      return { type, ref: fields.ref(), room: fields.string("room") };
    case "post":
      return {
        type,
        ref: fields.ref(),
        room: fields.string("room"),
        key: fields.string("key"),
        text: fields.string("text"),
        replyTo: fields.optionalPosition("replyTo"),
      };
    case "edit":
      return {
        type,
        ref: fields.ref(),
        room: fields.string("room"),
        key: fields.string("key"),
        message: fields.position("message"),
        text: fields.string("text"),
      };
    case "delete":
      return {
        type,
        ref: fields.ref(),
        room: fields.string("room"),
        key: fields.string("key"),
        message: fields.position("message"),
      };
    case "react":
      return {
        type,
        ref: fields.ref(),
        room: fields.string("room"),
        key: fields.string("key"),
        message: fields.position("message"),
        emoji: fields.string("emoji"),
        on: fields.boolean("on"),
      };
    case "history":
      return {
        type,
        ref: fields.ref(),
        room: fields.string("room"),
        before: fields.position("before"),
        limit: fields.limit(1),
      };
    case "typing":
      return { type, ref: fields.optionalRef(), room: fields.string("room") };
    default:
      return undefined;
  }
};

export const decodeClientFrame = (text: string): Decision<ClientFrame, BadFrame> => {
  const record = parseJson(text);
  if (!isRecord(record)) {
    return reject({ ref: undefined, type: undefined, message: "a frame is one JSON object" });
  }
  const ref = isRef(record["ref"]) ? record["ref"] : undefined;
  const type = record["type"];
  if (typeof type !== "string") {
    return reject({ ref, type: undefined, message: `"type" must be a string` });
  }
  const fields = new Fields(record);
  const frame = read(type, fields);
  if (frame === undefined) {
    return reject({ ref, type, message: `there is no frame of the type ${quoted(type)}` });
  }
  return fields.fault === undefined
    ? accept(frame)
    : reject({ ref, type, message: `${type}: ${fields.fault}` });
};

const quoted = (text: string): string => JSON.stringify(text.slice(0, 32).toWellFormed());
