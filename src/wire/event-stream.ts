/**
 * Events as Server-Sent Events (H1): `id:` the event's id, `event:` its type, `data:` its JSON, which holds no line break.
 */
import type { ResetReason } from "../domain/resume.ts";
import type { Entry } from "./event.ts";

/** The event's type, read from where `encodeFact` puts it: right behind the seq. */
const typeOf = (entry: Entry): string =>
  /^\{"id":"[\d-]+","seq":\d+,"type":"([^"\\]*)"/.exec(entry.json)?.[1] ?? "message";

export const encodeEventStream = (entries: readonly Entry[]): string => {
  let text = "";
  for (const entry of entries) text += `id: ${entry.id}\nevent: ${typeOf(entry)}\ndata: ${entry.json}\n\n`;
  return text;
};

export const encodeReset = (reason: ResetReason): string =>
  `event: reset\ndata: ${JSON.stringify({ reason })}\n\n`;

/** What says that the stream is alive; a reader ignores it. */
export const STREAM_HEARTBEAT = ": heartbeat\n\n";
