/**
 * Protocol v1 in one place (SPEC, Wire): its names, bounds and codes.
 */
export const SUBPROTOCOL = "gapless.v1";
export const PROTOCOL = 1;

/** W2: the longest frame from a client, in bytes. */
export const LONGEST_FRAME = 65_536;
/** W4: how long a connection may take to say `hello`. */
export const HELLO_WITHIN_MS = 10_000;
/** R2: the most events in a `joined` or `events` frame, and the most that `limit` may ask for. */
export const MOST_EVENTS = 500;
/** How many events `join`, `history` and HTTP give where no `limit` is named, and how many follow a reset (R3, R4, H1). */
export const USUAL_EVENTS = 50;

export const ERROR_CODES = [
  "bad_frame",
  "not_joined",
  "already_joined",
  "bad_room",
  "bad_name",
  "bad_text",
  "bad_key",
  "bad_emoji",
  "too_long",
  "rate_limited",
  "forbidden",
  "not_found",
  "too_many_rooms",
  "unavailable",
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Codes that only HTTP gives. */
export type HttpErrorCode = ErrorCode | "unauthenticated" | "reset";

/** What a close code means, for both ends. */
export const CLOSE = {
  goodbye: 1000,
  binary: 1003,
  notUtf8: 1007,
  tooLong: 1009,
  moved: 1012,
  overloaded: 1013,
  brokeProtocol: 4400,
  unauthenticated: 4401,
  flooding: 4429,
} as const;
export type CloseCode = (typeof CLOSE)[keyof typeof CLOSE];
