/**
 * Encodes events as Server-Sent Events (H1): `id:` is the event's id, `event:` its type, and `data:` its
 * JSON, which has no line break.
 */
import type { ResetReason } from "../domain/resume.ts";
import type { Entry } from "../log/entry.ts";
import { encodeEvent } from "./encode.ts";

/** A field ends at a line break, so a type with a line break can't be sent as the name. */
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

/** A comment that keeps the stream alive. Readers ignore it. */
export const STREAM_HEARTBEAT = ": heartbeat\n\n";
