/**
 * Frames from a client: their types, and how the server decodes them.
 *
 * Decoding is about form alone (W5): types, missing fields, ranges and positions (V4), each fault said in words that help a person who writes a
 * client. Whether a well-typed name, text, key or emoji will do is the domain's to say, with a code of its own. Unknown fields are ignored
 * (W7), and `null` for an optional field is the field left out. Nothing here throws, whatever comes.
 */
import { accept, reject, type Decision } from "../domain/decision.ts";
import { hasLength, isWellFormed } from "../domain/characters.ts";
import { parsePosition, START, type Position } from "../domain/position.ts";
import { MOST_EVENTS, USUAL_EVENTS } from "./protocol.ts";

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
  /** Given back where the frame had a usable one. */
  readonly ref: string | undefined;
  /** The `type` that it claimed to be, where that was a string. */
  readonly type: string | undefined;
  readonly message: string;
}

const MOST_REF = 64;
const isRef = (value: unknown): value is string =>
  typeof value === "string" && isWellFormed(value) && hasLength(value, MOST_REF);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Reads the fields of one frame, and remembers the first fault; what it gives after a fault is never used. */
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

  /** The ref of a frame that has no such field by the spec: given back where it can be, else ignored (W7). */
  strayRef(): string | undefined {
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

  limit(least: number): number {
    const value = this.#record["limit"];
    if (value == null) return USUAL_EVENTS;
    if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= MOST_EVENTS) {
      return value;
    }
    this.#bad(`"limit" must be a whole number from ${least} to ${MOST_EVENTS}`);
    return least;
  }
}

const read = (type: string, fields: Fields): ClientFrame | undefined => {
  switch (type) {
    case "hello":
      return {
        type,
        ref: fields.strayRef(),
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
      return { type, ref: fields.strayRef(), room: fields.string("room") };
    default:
      return undefined;
  }
};

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
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
