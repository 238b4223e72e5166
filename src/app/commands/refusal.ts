/**
 * Refusals: an error code of the contract, and a sentence for a person.
 */
import { Data } from "effect";
import { USER_NAME_FAULTS, userNameFault } from "../../domain/user.ts";
import type { ErrorCode } from "../../wire/protocol.ts";

export class Refused extends Data.TaggedError("Refused")<{
  readonly code: ErrorCode;
  readonly message: string;
  readonly retryAfterMs?: number | undefined;
}> {}

const MESSAGES: Readonly<Record<ErrorCode, string>> = {
  bad_frame: "This is not a frame of the protocol.",
  not_joined: "Join the room first.",
  already_joined: "This connection has already joined the room.",
  bad_room:
    "A room's name is 1 to 64 letters, digits, hyphens, underscores and dots, and starts with a letter or a digit.",
  bad_name: "A name has 1 to 40 visible characters, and no word of it mixes alphabets.",
  bad_text: "A message is text: not empty, and without control characters.",
  bad_key: "A key is 1 to 64 printable ASCII characters without a space.",
  bad_emoji: "A reaction is one emoji.",
  too_long: "The message is too long.",
  rate_limited: "Too many requests. Try again in a moment.",
  forbidden: "You may not do this.",
  not_found: "This message was deleted, is no longer kept, or never existed.",
  too_many_rooms: "This connection has joined the maximum number of rooms.",
  unavailable:
    "The log can't be reached right now. As far as is known, nothing was stored: send the same key again.",
};

export const refusal = (code: ErrorCode, retryAfterMs?: number): Refused =>
  new Refused({ code, message: MESSAGES[code], retryAfterMs });

/** The refusal of a user's name, with the fault of the name (V2). */
export const nameRefusal = (name: string): Refused => {
  const fault = userNameFault(name);
  return fault === undefined
    ? refusal("bad_name")
    : new Refused({ code: "bad_name", message: USER_NAME_FAULTS[fault] });
};
