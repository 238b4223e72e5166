/**
 * Joining a room without a gap. Where memory reaches back to the position, the answer and the subscription are one
 * synchronous step. Where it does not, a page is read from the log, and the cursor starts behind the head. A position
 * ahead of this instance's tail is waited for. A position that the log does not hold is a reset, never a guess.
 */
import { Effect } from "effect";
import { comparePositions, type Head, type Position } from "../../domain/position.ts";
import type { Entry } from "../../log/entry.ts";
import { MAX_EVENTS } from "../../wire/protocol.ts";
import type { Replay } from "../../wire/server-frame.ts";
import type { History } from "../ports/history.ts";
import { Batch, inFrames } from "./batch.ts";
import type { Cursor } from "./cursor.ts";
import type { Feed } from "./feed.ts";
import type { ReadAfter } from "./shared-reads.ts";

/** Where a subscription begins: after a position, or with the newest `limit` entries; those also follow a reset. */
export interface From {
  readonly after: Position | undefined;
  readonly limit: number;
}

/** A room's feed, and the reads of its log that all its subscribers share. */
export interface OpenFeed {
  readonly feed: Feed;
  readonly readAfter: ReadAfter;
}

type Subscribe = (replay: Replay, batch: Batch, more: boolean) => Cursor;

/** As many of the first entries as one frame carries. */
const firstFrame = (entries: readonly Entry[]): readonly Entry[] => inFrames(entries)[0] ?? [];

const reached = (feed: Feed, position: Position): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const forget = feed.onReached(position, () => resume(Effect.void));
    return Effect.sync(forget);
  });

const reopened = (feed: Feed): Effect.Effect<void> =>
  Effect.callback<void>((resume) => feed.onReopened(() => resume(Effect.void)));

/** A log that ends before the feed's own head has lost its tail (R4): the feed need not wait for an event to tell. */
const hasDiverged = (feed: Feed, stood: Head, head: Head): boolean => {
  // Meanwhile the feed may have been opened anew, and rightly stand lower.
  const lost = head.seq < stood.seq && feed.head.seq >= stood.seq;
  if (lost) feed.markDiverged();
  return lost;
};

/** The newest entries up to the head at which the feed stands when this succeeds. */
const newest = Effect.fnUntraced(function* (history: History["Service"], feed: Feed, limit: number) {
  for (;;) {
    if (feed.reaches(limit)) return feed.recent(limit);
    const page = yield* history.before(feed.room, undefined, limit);
    yield* reached(feed, page.head.id);
    const later = feed.after(page.head.id, MAX_EVENTS);
    if (later === undefined) continue;
    const all = [...page.entries, ...later];
    return { entries: all.slice(-limit), more: page.more || all.length > limit };
  }
});

/** Finds where to start, and calls `subscribe` in the very step in which that is true. */
export const joinFeed = Effect.fnUntraced(function* (
  history: History["Service"],
  { feed, readAfter }: OpenFeed,
  { after, limit }: From,
  subscribe: Subscribe,
) {
  for (;;) {
    if (feed.diverged) yield* reopened(feed);
    const stood = feed.head;
    if (after === undefined) {
      // The tail may be a moment behind: a join shows all that was acknowledged before it.
      const { head } = yield* history.before(feed.room, undefined, 0);
      if (hasDiverged(feed, stood, head)) continue;
      yield* reached(feed, head.id);
      const { entries, more } = yield* newest(history, feed, limit);
      return subscribe({ replay: "recent" }, new Batch(feed.room, entries), more);
    }
    const known = feed.after(after, MAX_EVENTS);
    if (known !== undefined) return subscribe({ replay: "resumed" }, feed.batch(firstFrame(known)), false);
    const page = yield* readAfter(after, MAX_EVENTS);
    if (page.status === "held" && hasDiverged(feed, stood, page.head)) continue;
    if (page.status !== "held") {
      const { entries, more } = yield* newest(history, feed, limit);
      return subscribe({ replay: "reset", reason: page.status }, new Batch(feed.room, entries), more);
    }
    if (comparePositions(after, feed.head.id) > 0) {
      yield* reached(feed, after);
      continue;
    }
    const entries = page.entries.filter((entry) => entry.seq <= feed.head.seq);
    if (entries.length > 0 && !feed.diverged) {
      return subscribe({ replay: "resumed" }, new Batch(feed.room, firstFrame(entries)), false);
    }
  }
});
