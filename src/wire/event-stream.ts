/**
 * Events as Server-Sent Events (H1): `id:` the event's id, `event:` its type, `data:` its JSON, which holds no line
 * break.
 */
import type { ResetReason } from "../domain/resume.ts";
import type { Entry } from "../log/entry.ts";
import { encodeEvent } from "./encode.ts";

/** A field of an event stream ends at a line break, so a type that holds one can't be named there. */
const nameOf = (type: string): string => (/[\r\n\0]/.test(type) ? "message" : type);

export const encodeEventStream = (entries: readonly Entry[]): string => {
  let text = "";
  for (const entry of entries) {
    text += `id: ${entry.id}\nevent: ${nameOf(entry.type)}\ndata: ${encodeEvent(entry)}\n\n`;
  }
  return text;
};

export const encodeReset = (reason: ResetReason): string =>
  `event: reset\ndata: ${JSON.stringify({ reason })}\n\n`;

/** Tells a reader that the stream is alive. Readers ignore it. */
export const STREAM_HEARTBEAT = ": heartbeat\n\n";
