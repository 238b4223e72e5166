/**
 * An entry: one element of a room's log, as the log stores it and as it travels to the clients.
 *
 * The service reads the envelope (id, seq, previous, version, type, subject, author). The body is a JSON
 * object that the service passes on as text: only code that needs the event itself parses it.
 * docs/stored-format.md is the contract between versions of this program that share a store.
 */
import type { LinkedEntry } from "../domain/backlog.ts";
import type { Fact } from "../domain/event.ts";
import type { Position } from "../domain/position.ts";

/** The version of the stored format that this program writes. */
export const FORMAT_VERSION = 1;

/** A fact in its stored form. The log adds id, seq and previous. */
export interface Envelope {
  /** The stored format (`FORMAT_VERSION`). An event of a newer format is passed on, and read as unknown. */
  readonly version: number;
  /** The event's type, such as `message.posted`. A type that this program does not know is passed on. */
  readonly type: string;
  /** The message that the event changes: an edit's, a deletion's, a reaction's. Undefined for all others. */
  readonly subject: Position | undefined;
  /** The author as JSON: `{"id","name"}`. */
  readonly author: string;
  /** All further fields of the event as one JSON object: `{}` at least. */
  readonly body: string;
}

export type Entry = Envelope & LinkedEntry;

export const envelopeOf = (fact: Fact): Envelope => {
  const { type, by, ...rest } = fact;
  const author = JSON.stringify(by);
  const stored = { version: FORMAT_VERSION, type, author };
  if (!("message" in rest)) return { ...stored, subject: undefined, body: JSON.stringify(rest) };
  const { message, ...body } = rest;
  return { ...stored, subject: message, body: JSON.stringify(body) };
};

/** The approximate size of an entry's JSON without its author and its body. */
const ENVELOPE_SIZE = 90;

/** An entry from an envelope and its place in the log. */
export const entryOf = (id: Position, seq: number, previous: Position, envelope: Envelope): Entry => {
  const { version, type, subject, author, body } = envelope;
  // Written field by field, so that all entries have the same object shape and property reads stay fast.
  return {
    id,
    seq,
    previous,
    version,
    type,
    subject,
    author,
    body,
    size: ENVELOPE_SIZE + author.length + body.length,
  };
};
