/**
 * Redaction: removes the text from the post and the edits of a deleted message (D6). The entries keep their
 * places.
 */
import type { Position } from "../domain/position.ts";
import { isRecord, parseJson } from "./json.ts";
import type { Entry } from "./entry.ts";

/** The message whose text this entry has: its own id for a post, the subject for an edit. */
export const textOwner = ({
  id,
  type,
  subject,
}: Pick<Entry, "id" | "type" | "subject">): Position | undefined => {
  if (type === "message.posted") return id;
  return type === "message.edited" ? subject : undefined;
};

/** The body of a post or an edit without its text. Nothing is kept of a body that is not a JSON object. */
export const redactedBody = (body: string): string => {
  const parsed = parseJson(body);
  const { text: _, ...rest } = isRecord(parsed) ? parsed : {};
  return JSON.stringify({ ...rest, deleted: true });
};

export const redacted = (entry: Entry): Entry => {
  const body = redactedBody(entry.body);
  return { ...entry, body, size: entry.size - entry.body.length + body.length };
};
