/**
 * The names, bounds and codes of protocol v1 (SPEC, Wire).
 */
export const SUBPROTOCOL = "gapless.v1";
export const PROTOCOL = 1;

/** The maximum length of a frame from a client, in bytes (W2). */
export const MAX_FRAME_BYTES = 65_536;
/** The time within which a connection must send `hello` (W4). */
export const HELLO_WITHIN_MS = 10_000;
/** The maximum number of events in a frame, and the maximum of `limit` (R2). */
export const MAX_EVENTS = 500;
/** The number of events of `join`, `history` and HTTP without a `limit`, and after a reset (R3, R4, H1). */
export const DEFAULT_EVENTS = 50;

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

/** Error codes of HTTP: those of the frames, and two more. */
export type HttpErrorCode = ErrorCode | "unauthenticated" | "reset" | "too_large";

/** The close codes, by meaning. */
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
