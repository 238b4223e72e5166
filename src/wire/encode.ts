/**
 * Frames to clients, encoded. Those that carry events take entries, whose JSON is joined as it is.
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

/** A frame without events. Fields that are undefined are left out. */
export const encodeFrame = (frame: PlainFrame): string => JSON.stringify(frame);

/** `events` is a JSON array, as `list` makes it. */
export const encodeEvents = (room: string, events: string): string =>
  `{"type":"events","room":${JSON.stringify(room)},"events":${events}}`;

export const encodePage = (ref: string, room: string, entries: readonly Entry[], more: boolean): string =>
  `{"type":"page","ref":${JSON.stringify(ref)},"room":${JSON.stringify(room)},"events":${list(entries)},"more":${more}}`;

/** What a `joined` frame says, its events as a JSON array. */
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
 * An entry as the event that clients get. The author and the body are JSON objects already: the fields of the body
 * follow those of the envelope.
 */
export const encodeEvent = ({ id, seq, type, author, subject, body }: Entry): string => {
  const message = subject === undefined ? "" : `,"message":"${subject}"`;
  const rest = body === "{}" ? "}" : `,${body.slice(1)}`;
  return `{"id":"${id}","seq":${seq},"type":${JSON.stringify(type)},"by":${author}${message}${rest}`;
};

/** Entries as a JSON array of events. */
export const list = (entries: readonly Entry[]): string => {
  let text = "[";
  for (const entry of entries) text += text.length === 1 ? encodeEvent(entry) : `,${encodeEvent(entry)}`;
  return `${text}]`;
};

/** Cuts entries into runs of a bounded number and, but for a single large one, a bounded length: one frame each. */
export const runs = (
  entries: readonly Entry[],
  mostEntries: number,
  mostLength: number,
): readonly (readonly Entry[])[] => {
  const all: Entry[][] = [];
  let run: Entry[] = [];
  let length = 0;
  for (const entry of entries) {
    if (run.length > 0 && (run.length >= mostEntries || length + entry.size > mostLength)) {
      all.push(run);
      run = [];
      length = 0;
    }
    run.push(entry);
    length += entry.size;
  }
  if (run.length > 0) all.push(run);
  return all;
};
