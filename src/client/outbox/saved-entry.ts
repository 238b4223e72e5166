/**
 * The stored form of an outbox entry: one value for each command, under a name that no other tab writes.
 */
import { parseIdempotencyKey, type IdempotencyKey } from "../../domain/idempotency-key.ts";
import { parseUserId, type UserId } from "../../domain/user.ts";
import { decodePosition } from "../../log/decode-event.ts";
import { ERROR_CODES } from "../../wire/protocol.ts";
import type { Entry, EntryState } from "./outbox.ts";
import type { Command } from "../connection/client-message.ts";
import type { FailureCode } from "./command.ts";
import { isRecord, parseJson } from "../../log/json.ts";

const folder = (room: string): string => `outbox/${room}/`;
export const nameOf = (room: string, key: IdempotencyKey): string => folder(room) + key;

export const encodeEntry = ({ command, at, sentAs, state }: Entry): string =>
  JSON.stringify({
    command,
    at,
    sentAs,
    ...(state.status === "failed" && { failed: { code: state.code, message: state.message } }),
  });

const isFailureCode = (value: unknown): value is FailureCode =>
  value === "other_user" || value === "left" || ERROR_CODES.some((code) => code === value);

const decodeCommand = (value: unknown): Command | undefined => {
  if (!isRecord(value)) return undefined;
  const { type, text, emoji, on } = value;
  const message = decodePosition(value["message"]);
  if (type === "post" && typeof text === "string") {
    return { type, text, replyTo: decodePosition(value["replyTo"]) };
  }
  if (message === undefined) return undefined;
  if (type === "edit" && typeof text === "string") return { type, message, text };
  if (type === "delete") return { type, message };
  return type === "react" && typeof emoji === "string" && typeof on === "boolean"
    ? { type, message, emoji, on }
    : undefined;
};

const decodeUser = (value: unknown): UserId | undefined => {
  const parsed = typeof value === "string" ? parseUserId(value) : undefined;
  return parsed?.ok === true ? parsed.value : undefined;
};

const decodeState = (failed: unknown): EntryState => {
  if (!isRecord(failed)) return { status: "waiting" };
  const { code, message } = failed;
  return isFailureCode(code) && typeof message === "string"
    ? { status: "failed", code, message }
    : { status: "waiting" };
};

const decodeEntry = (key: string, value: string): Entry | undefined => {
  const parsed = parseIdempotencyKey(key);
  const fields = parseJson(value);
  if (!parsed.ok || !isRecord(fields)) return undefined;
  const command = decodeCommand(fields["command"]);
  const { at } = fields;
  if (command === undefined || typeof at !== "number") return undefined;
  const sentAs = decodeUser(fields["sentAs"]);
  return { key: parsed.value, command, at, sentAs, refusals: 0, state: decodeState(fields["failed"]) };
};

/**
 * The stored entries of a room's outbox, in the order of their commands. Values that cannot be decoded are
 * left alone.
 */
export const savedEntries = (kept: ReadonlyMap<string, string>, room: string): readonly Entry[] => {
  const entries: Entry[] = [];
  for (const [name, value] of kept) {
    if (!name.startsWith(folder(room))) continue;
    const entry = decodeEntry(name.slice(folder(room).length), value);
    if (entry !== undefined) entries.push(entry);
  }
  return entries.sort((a, b) => a.at - b.at);
};
