/**
 * Replies of Redis, taken apart and checked. A reply of another shape is a bug or a foreign hand in the data, so it throws; the call that reads
 * it fails with that cause.
 */
import { position, type Head, type Position } from "../../domain/position.ts";
import { entryOf, type Entry } from "../../log/entry.ts";
import { redacted } from "../../log/redaction.ts";

const malformed = (wanted: string): Error =>
  new Error(`the reply of Redis is not what was asked for: no ${wanted}`);

export const textIn = (value: unknown): string => {
  if (typeof value !== "string") throw malformed("text");
  return value;
};

export const numberIn = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw malformed("number");
  return value;
};

export const listIn = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw malformed("list");
  return value;
};

export const headIn = (id: unknown, seq: unknown): Head => ({ id: position(textIn(id)), seq: numberIn(seq) });

/** Entries of a stream. `before` is an id that is already checked: the one that an entry follows is mostly the last one seen. */
export const entriesIn = (value: unknown, before?: Position): Entry[] => {
  const entries: Entry[] = [];
  let last = before;
  for (const item of listIn(value)) {
    const [id, fields] = listIn(item);
    const [, seq, , previous, , version, , type, , subject, , author, , body] = listIn(fields);
    const follows = textIn(previous);
    const about = textIn(subject);
    const entry: Entry = entryOf(
      position(textIn(id)),
      Number(textIn(seq)),
      follows === last ? last : position(follows),
      {
        version: Number(textIn(version)),
        type: textIn(type),
        subject: about === "" ? undefined : position(about),
        author: textIn(author),
        body: textIn(body),
      },
    );
    entries.push(entry);
    last = entry.id;
  }
  return entries;
};

/** Entries without the text of what is deleted; `indices` count from 1, as Lua does. */
export const withRedactions = (entries: Entry[], indices: unknown): Entry[] => {
  for (const index of listIn(indices)) {
    const at = numberIn(index) - 1;
    const entry = entries[at];
    if (entry !== undefined) entries[at] = redacted(entry);
  }
  return entries;
};
