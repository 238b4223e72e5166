/**
 * Brings a cursor that is behind to the head, at the pace of whoever reads (D4, R2, R5): from memory where that reaches back far enough, from the
 * log by the page where it does not, and never further than the socket has room. When nothing is left it is live, in the same step.
 */
import { Effect, Schedule } from "effect";
import { MAX_EVENTS } from "../../wire/protocol.ts";
import { Batch, inFrames } from "./batch.ts";
import type { Cursor } from "./cursor.ts";
import type { Feed } from "./feed.ts";
import type { ReadAfter } from "./shared-reads.ts";

/** While the log is away: again after 50 ms, doubling up to 2 s, jittered, for as long as the cursor lasts. */
const BACKOFF = Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("2 seconds")]).pipe(
  Schedule.jittered,
);

/** Gives the batches out, as long as the socket has room and the cursor lasts. */
const deliver = (cursor: Cursor, all: readonly Batch[]): void => {
  for (const batch of all) {
    if (cursor.ended || cursor.behind === undefined || cursor.subscriber.congested) return;
    cursor.subscriber.events(batch);
    const last = batch.entries.at(-1);
    if (last !== undefined) cursor.behind = { id: last.id, seq: last.seq };
  }
};

/** As far as memory and the socket go: what it takes to go on. */
const advance = (feed: Feed, cursor: Cursor): "done" | "drain" | "read" => {
  for (;;) {
    if (cursor.ended || cursor.behind === undefined) return "done";
    if (cursor.subscriber.congested) return "drain";
    const entries = feed.diverged ? undefined : feed.after(cursor.behind.id, MAX_EVENTS);
    if (entries === undefined) return "read";
    if (entries.length === 0) {
      cursor.behind = undefined;
      return "done";
    }
    deliver(
      cursor,
      inFrames(entries).map((run) => feed.batch(run)),
    );
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
    if (feed.diverged) {
      yield* reopened(feed);
      continue;
    }
    const from = cursor.behind;
    if (from === undefined) return;
    const page = yield* Effect.retry(readAfter(from.id, MAX_EVENTS), BACKOFF);
    // Meanwhile the feed may have been opened anew, and the cursor with it.
    if (cursor.behind?.id !== from.id || feed.diverged) continue;
    if (page.status === "held") {
      // What is newer than the head comes with the feed. What was read from the log is not shared: it may be older than a deletion (D6).
      const entries = page.entries.filter((entry) => entry.seq <= feed.head.seq);
      deliver(
        cursor,
        inFrames(entries).map((run) => new Batch(feed.room, run)),
      );
    } else if (page.status === "trimmed") feed.restart(cursor, page.status);
    // What this very feed has given out is not there any more: the log was diverged, for everyone (R4).
    else feed.markDiverged();
  }
});
