/**
 * Brings a cursor that is behind to the head, at the pace of its reader (D4, R2, R5). It takes entries from
 * memory if the backlog reaches back far enough, and otherwise from the log, page by page. It never sends
 * more than the socket can take. When no entries are left, the cursor becomes live in the same step.
 */
import { Effect, Schedule } from "effect";
import { MAX_EVENTS } from "../../wire/protocol.ts";
import { Batch, inFrames } from "./batch.ts";
import type { Cursor } from "./cursor.ts";
import type { Feed } from "./feed.ts";
import type { ReadAfter } from "./shared-reads.ts";

/**
 * While the log is away, it retries after 50 ms, doubling up to 2 s, jittered, as long as the cursor exists.
 */
const BACKOFF = Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("2 seconds")]).pipe(
  Schedule.jittered,
);

/** Sends the batches, as long as the socket is not congested and the cursor exists. */
const deliver = (cursor: Cursor, all: readonly Batch[]): void => {
  for (const batch of all) {
    if (cursor.ended || cursor.behind === undefined || cursor.subscriber.congested) return;
    cursor.subscriber.events(batch);
    const last = batch.entries.at(-1);
    if (last !== undefined) cursor.behind = { id: last.id, seq: last.seq };
  }
};

/** Advances the cursor as far as memory and the socket allow. The result is what it needs to continue. */
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
      inFrames(entries).map((chunk) => feed.batch(chunk)),
    );
  }
};

const drained = (cursor: Cursor): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    cursor.onDrained = () => {
      cursor.onDrained = undefined;
      resume(Effect.void);
    };
    // It may have drained between the check and this line.
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
    // Meanwhile the feed may have been reopened, which restarts the cursor.
    if (cursor.behind?.id !== from.id || feed.diverged) continue;
    if (page.status === "held") {
      // The feed brings entries newer than its head. A page from the log is not cached, because a later
      // deletion may change its entries (D6).
      const entries = page.entries.filter((entry) => entry.seq <= feed.head.seq);
      deliver(
        cursor,
        inFrames(entries).map((chunk) => new Batch(feed.room, chunk)),
      );
    } else if (page.status === "trimmed") feed.restart(cursor, page.status);
    // The log no longer has an entry that this feed has sent: the log diverged, for all subscribers (R4).
    else feed.markDiverged();
  }
});
