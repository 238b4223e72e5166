/**
 * Reads a room's log over HTTP (H2), from a position to its end. The oracle compares the clients' records
 * with it.
 */
import { setTimeout as elapse } from "node:timers/promises";
import type { RoomEvent } from "../domain/event.ts";
import type { Position } from "../domain/position.ts";
import { decodeEvent } from "../log/decode-event.ts";
import { MAX_EVENTS } from "../wire/protocol.ts";
import { isRecord } from "../log/json.ts";

/** A read is repeated, because it may reach an instance that is shutting down. */
const MAX_TRIES = 5;
const RETRY_MS = 500;

/** The log could not be read. The message says why. */
export class LogUnreadable extends Error {}

interface Page {
  readonly events: readonly RoomEvent[];
  readonly more: boolean;
}

/** A page, or the reason why it could not be read. */
const tryPage = async (url: URL): Promise<Page | string> => {
  try {
    const response = await fetch(url, { headers: { accept: "application/json" } });
    if (!response.ok) return `${url.href} answered ${response.status}`;
    const body: unknown = await response.json();
    if (!isRecord(body) || !Array.isArray(body["events"])) return `${url.href} answered with no events`;
    const events = body["events"].map(decodeEvent).filter((event) => event !== undefined);
    return { events, more: body["more"] === true };
  } catch (failure) {
    return `${url.href} could not be reached (${String(failure)})`;
  }
};

const readPage = async (url: URL): Promise<Page> => {
  let why = "";
  for (let tries = 0; tries < MAX_TRIES; tries += 1) {
    const page = await tryPage(url);
    if (typeof page !== "string") return page;
    why = page;
    await elapse(RETRY_MS);
  }
  throw new LogUnreadable(`The room's log could not be read: ${why}.`);
};

export const readAfter = async (
  base: string,
  room: string,
  position: Position,
): Promise<readonly RoomEvent[]> => {
  const log: RoomEvent[] = [];
  let after: string = position;
  for (;;) {
    const url = new URL(`${base}/api/rooms/${encodeURIComponent(room)}/events`);
    url.search = new URLSearchParams({ after, limit: `${MAX_EVENTS}` }).toString();
    const { events, more } = await readPage(url);
    log.push(...events);
    after = events.at(-1)?.id ?? after;
    if (!more || events.length === 0) return log;
  }
};
