/**
 * Parses and checks the replies of Redis. A reply of an unexpected shape throws, because it means a bug or
 * data of another program. The call that reads it fails with that cause.
 */
import { position, type Head, type Position } from "../../domain/position.ts";
import { entryOf, type Entry } from "../../log/entry.ts";
import { redacted } from "../../log/redaction.ts";

/** The beginning of the message of every such error. */
export const UNEXPECTED_REPLY = "unexpected reply of Redis";

export const unexpectedReply = (expected: string): Error => new Error(`${UNEXPECTED_REPLY}: no ${expected}`);

export const textIn = (value: unknown): string => {
  if (typeof value !== "string") throw unexpectedReply("text");
  return value;
};

export const numberIn = (value: unknown): number => {
  if (typeof value !== "number" || !Number.isSafeInteger(value)) throw unexpectedReply("number");
  return value;
};

export const listIn = (value: unknown): readonly unknown[] => {
  if (!Array.isArray(value)) throw unexpectedReply("list");
  return value;
};

export const headIn = (id: unknown, seq: unknown): Head => ({ id: position(textIn(id)), seq: numberIn(seq) });

/** The entries of a stream. `before` is a checked id: it is usually the `previous` of the first entry. */
export const entriesIn = (value: unknown, before?: Position): Entry[] => {
  const entries: Entry[] = [];
  let last = before;
  for (const item of listIn(value)) {
    const [id, fields] = listIn(item);
    const [, seq, , previous, , version, , type, , subject, , author, , body] = listIn(fields);
    const previousId = textIn(previous);
    const subjectId = textIn(subject);
    const entry: Entry = entryOf(
      position(textIn(id)),
      Number(textIn(seq)),
      previousId === last ? last : position(previousId),
      {
        version: Number(textIn(version)),
        type: textIn(type),
        subject: subjectId === "" ? undefined : position(subjectId),
        author: textIn(author),
        body: textIn(body),
      },
    );
    entries.push(entry);
    last = entry.id;
  }
  return entries;
};

/** The entries, redacted at `indices`, which count from 1 as in Lua. */
export const withRedactions = (entries: Entry[], indices: unknown): Entry[] => {
  for (const index of listIn(indices)) {
    const at = numberIn(index) - 1;
    const entry = entries[at];
    if (entry !== undefined) entries[at] = redacted(entry);
  }
  return entries;
};
