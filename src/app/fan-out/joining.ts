/**
 * Joins a room without a gap.
 *
 * - If memory reaches back to the position, the answer and the subscription are one synchronous step.
 * - Otherwise it reads a page from the log, and the cursor starts behind the head.
 * - If the position is ahead of this instance's tail, it waits for the tail.
 * - If the log does not hold the position, the answer is a reset, never a guess.
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

/**
 * Where a subscription begins: after a position, or with the newest `limit` entries. A reset begins with
 * those too.
 */
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

/** The first entries, as many as fit into one frame. */
const firstFrame = (entries: readonly Entry[]): readonly Entry[] => inFrames(entries)[0] ?? [];

const reached = (feed: Feed, position: Position): Effect.Effect<void> =>
  Effect.callback<void>((resume) => {
    const forget = feed.onReached(position, () => resume(Effect.void));
    return Effect.sync(forget);
  });

const reopened = (feed: Feed): Effect.Effect<void> =>
  Effect.callback<void>((resume) => feed.onReopened(() => resume(Effect.void)));

/**
 * A log whose head is before the feed's head has lost its tail (R4). `before`: the feed's head before the
 * read.
 */
const hasDiverged = (feed: Feed, before: Head, head: Head): boolean => {
  // Meanwhile the feed may have been reopened. Then its head is lower for a good reason.
  const lost = head.seq < before.seq && feed.head.seq >= before.seq;
  if (lost) feed.markDiverged();
  return lost;
};

/** The newest entries up to the head that the feed has when this succeeds. */
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

/** Finds the starting point, and calls `subscribe` in the same step. */
export const joinFeed = Effect.fnUntraced(function* (
  history: History["Service"],
  { feed, readAfter }: OpenFeed,
  { after, limit }: From,
  subscribe: Subscribe,
) {
  for (;;) {
    if (feed.diverged) yield* reopened(feed);
    const before = feed.head;
    if (after === undefined) {
      // The tail may be a moment behind, but a join must show everything that was acknowledged before it.
      const { head } = yield* history.before(feed.room, undefined, 0);
      if (hasDiverged(feed, before, head)) continue;
      yield* reached(feed, head.id);
      const { entries, more } = yield* newest(history, feed, limit);
      return subscribe({ replay: "recent" }, new Batch(feed.room, entries), more);
    }
    const known = feed.after(after, MAX_EVENTS);
    if (known !== undefined) return subscribe({ replay: "resumed" }, feed.batch(firstFrame(known)), false);
    const page = yield* readAfter(after, MAX_EVENTS);
    if (page.status === "held" && hasDiverged(feed, before, page.head)) continue;
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
