/**
 * Encodes frames to clients. Frames with events are built from entries: the JSON of an entry is not parsed
 * again.
 */
import type { Author } from "../domain/event.ts";
import type { Head } from "../domain/position.ts";
import type { Entry } from "../log/entry.ts";
import type {
  Ack,
  ErrorFrame,
  GoAwayFrame,
  Heartbeat,
  Left,
  Members,
  Replay,
  Signal,
  Welcome,
} from "./server-frame.ts";

type PlainFrame = Welcome | Left | Ack | Signal | Members | Heartbeat | GoAwayFrame | ErrorFrame;

/** Encodes a frame without events. Undefined fields are left out. */
export const encodeFrame = (frame: PlainFrame): string => JSON.stringify(frame);

/** Encodes an `events` frame. `events` is the JSON array that `encodeEventList` makes. */
export const encodeEvents = (room: string, events: string): string =>
  `{"type":"events","room":${JSON.stringify(room)},"events":${events}}`;

export const encodePage = (ref: string, room: string, entries: readonly Entry[], more: boolean): string =>
  `{"type":"page","ref":${JSON.stringify(ref)},"room":${JSON.stringify(room)},"events":${encodeEventList(entries)},"more":${more}}`;

/** The fields of a `joined` frame, with its events as a JSON array. */
export type JoinedInParts = Replay & {
  readonly ref: string | undefined;
  readonly room: string;
  readonly head: Head;
  readonly events: string;
  readonly more: boolean;
  readonly members: readonly Author[];
  readonly memberCount: number;
};

export const encodeJoined = (joined: JoinedInParts): string => {
  const { events, head, ...rest } = joined;
  const { id, seq } = head;
  const frame = JSON.stringify({ type: "joined", ...rest, head: { id, seq } });
  return `${frame.slice(0, -1)},"events":${events}}`;
};

/**
 * Encodes an entry as the event that clients get. The author and the body are JSON objects already. The
 * fields of the body come after those of the envelope.
 */
export const encodeEvent = ({ id, seq, type, author, subject, body }: Entry): string => {
  const message = subject === undefined ? "" : `,"message":"${subject}"`;
  const rest = body === "{}" ? "}" : `,${body.slice(1)}`;
  return `{"id":"${id}","seq":${seq},"type":${JSON.stringify(type)},"by":${author}${message}${rest}`;
};

/** Encodes entries as a JSON array of events. */
export const encodeEventList = (entries: readonly Entry[]): string => {
  let text = "[";
  for (const entry of entries) text += text.length === 1 ? encodeEvent(entry) : `,${encodeEvent(entry)}`;
  return `${text}]`;
};

/**
 * Splits entries into chunks for one frame each: bounded in number and in size, except for a single large
 * entry.
 */
export const splitIntoFrames = (
  entries: readonly Entry[],
  maxEntries: number,
  maxSize: number,
): readonly (readonly Entry[])[] => {
  const chunks: Entry[][] = [];
  let chunk: Entry[] = [];
  let size = 0;
  for (const entry of entries) {
    if (chunk.length > 0 && (chunk.length >= maxEntries || size + entry.size > maxSize)) {
      chunks.push(chunk);
      chunk = [];
      size = 0;
    }
    chunk.push(entry);
    size += entry.size;
  }
  if (chunk.length > 0) chunks.push(chunk);
  return chunks;
};
