/**
 * Reads the state with which a feed reopens: after its log diverged, or was trimmed past the feed's head
 * while this instance could not read it (R3, R4). It retries until the log answers. Then every client of the
 * room restarts.
 */
import { Effect, Schedule } from "effect";
import type { ResetReason } from "../../domain/resume.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { History } from "../ports/history.ts";
import type { Feed } from "./feed.ts";
import type { Opening } from "./opening.ts";

/** It retries after 50 ms, doubling up to 2 s, jittered, until the log answers. */
const BACKOFF = Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("2 seconds")]).pipe(
  Schedule.jittered,
);

const LOG_LINES = {
  trimmed: "The log was trimmed past this instance's position: every client of the room restarts from it.",
  unknown: "The log diverged: every client of the room restarts from it.",
} as const satisfies Readonly<Record<ResetReason, string>>;

const reasonOf = (
  history: History["Service"],
  { room, head }: Feed,
): Effect.Effect<ResetReason, LogUnavailable> =>
  Effect.map(history.after(room, head.id, 1), ({ status }) => (status === "trimmed" ? "trimmed" : "unknown"));

/** Succeeds with the new state of the feed once the log answers. */
export const readReopening = (
  history: History["Service"],
  feed: Feed,
  opening: Effect.Effect<Opening, LogUnavailable>,
): Effect.Effect<{ readonly reason: ResetReason; readonly opening: Opening }> =>
  Effect.retry(Effect.all({ reason: reasonOf(history, feed), opening }), BACKOFF).pipe(
    Effect.tap(({ reason }) => Effect.logWarning(LOG_LINES[reason], { room: feed.room })),
    Effect.orDie,
  );
