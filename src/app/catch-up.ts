/**
 * Brings a cursor that is behind to the head, at the pace of whoever reads (D4, R2, R5): from memory where that reaches back far enough, from the
 * log by the page where it does not, and never further than the socket has room. When nothing is left it is live, in the same step.
 */
import { Effect, Schedule } from "effect";
import type { Position } from "../domain/position.ts";
import { MOST_EVENTS } from "../wire/protocol.ts";
import { batches } from "./batch.ts";
import type { Cursor, Feed } from "./feed.ts";
import type { LogUnavailable, PageAfter } from "./ports/event-log.ts";
import type { Entry } from "../wire/event.ts";

type ReadAfter = (position: Position, limit: number) => Effect.Effect<PageAfter, LogUnavailable>;

/** While the log is away: again after 50 ms, doubling up to 2 s, jittered, for as long as the cursor lasts. */
const BACKOFF = Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("2 seconds")]).pipe(
  Schedule.jittered,
);

/** Gives the entries out; false where the socket filled up or the cursor is done with, before all were given. */
const deliver = (feed: Feed, cursor: Cursor, entries: readonly Entry[]): boolean => {
  for (const batch of batches(feed.room, entries)) {
    if (cursor.ended || cursor.behind === undefined || cursor.subscriber.congested) return false;
    cursor.subscriber.events(batch);
    const last = batch.entries.at(-1);
    if (last !== undefined) cursor.behind = { id: last.id, seq: last.seq };
  }
  return true;
};

/** As far as memory and the socket go: what it takes to go on. */
const advance = (feed: Feed, cursor: Cursor): "done" | "drain" | "read" => {
  for (;;) {
    if (cursor.ended || cursor.behind === undefined) return "done";
    if (cursor.subscriber.congested) return "drain";
    const entries = feed.rewound ? undefined : feed.after(cursor.behind.id, MOST_EVENTS);
    if (entries === undefined) return "read";
    if (entries.length === 0) {
      cursor.behind = undefined;
      return "done";
    }
    deliver(feed, cursor, entries);
  }
};

const drained = (cursor: Cursor): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    cursor.onDrained = () => {
      cursor.onDrained = undefined;
      resume(Effect.void);
    };
    // It may have drained between the look and this line.
    if (cursor.ended || !cursor.subscriber.congested) cursor.onDrained();
  });

const reopened = (feed: Feed): Effect.Effect<void> =>
  Effect.callback<void>((resume) => feed.onReopened(() => resume(Effect.void)));

export const catchUp = Effect.fnUntraced(function* (feed: Feed, cursor: Cursor, readAfter: ReadAfter) {
  for (;;) {
    const need = advance(feed, cursor);
    if (need === "done") return;
    if (need === "drain") {
      yield* drained(cursor);
      continue;
    }
    if (feed.rewound) {
      yield* reopened(feed);
      continue;
    }
    const from = cursor.behind;
    if (from === undefined) return;
    const page = yield* Effect.retry(readAfter(from.id, MOST_EVENTS), BACKOFF);
    // Meanwhile the feed may have been opened anew, and the cursor with it.
    if (cursor.behind?.id !== from.id || feed.rewound) continue;
    if (page.footing !== "held") feed.restart(cursor, page.footing);
    // What is newer than the head comes with the feed.
    else
      deliver(
        feed,
        cursor,
        page.entries.filter((entry) => entry.seq <= feed.head.seq),
      );
  }
});
