/**
 * Errors over HTTP (H3): RFC 9457 problem details with a `code` of the contract.
 */
import type { ResetReason } from "../../domain/resume.ts";
import type { HttpErrorCode } from "../../wire/protocol.ts";

export type Status = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 429 | 503;

const STATUS: Readonly<Record<HttpErrorCode, Status>> = {
  bad_frame: 400,
  bad_room: 400,
  bad_name: 400,
  bad_text: 400,
  bad_key: 400,
  bad_emoji: 400,
  too_long: 400,
  not_joined: 403,
  already_joined: 409,
  too_many_rooms: 403,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  reset: 410,
  too_large: 413,
  rate_limited: 429,
  unavailable: 503,
};

const TITLES: Readonly<Record<Status, string>> = {
  400: "Bad request",
  401: "Unauthenticated",
  403: "Forbidden",
  404: "Not found",
  409: "Conflict",
  410: "Gone",
  413: "Too large",
  429: "Too many requests",
  503: "Unavailable",
};

export interface Details {
  readonly reason?: ResetReason;
  readonly retryAfterMs?: number | undefined;
}

export const problem = (code: HttpErrorCode, detail: string, details: Details = {}): Response => {
  const status = STATUS[code];
  const headers = new Headers({ "Content-Type": "application/problem+json" });
  const { retryAfterMs } = details;
  if (retryAfterMs !== undefined) headers.set("Retry-After", String(Math.ceil(retryAfterMs / 1000)));
  else if (status === 503) headers.set("Retry-After", "1");
  if (status === 401) headers.set("WWW-Authenticate", "Bearer");
  const body = { type: "about:blank", title: TITLES[status], status, code, detail, ...details };
  return new Response(JSON.stringify(body), { status, headers });
};
