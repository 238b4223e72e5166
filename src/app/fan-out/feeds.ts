/**
 * The feeds of this instance, one for each room that somebody here reads: opened with the first reader, kept for a while after the last, opened
 * anew when the log was diverged. Subscribing to a room happens here.
 *
 * Joining without a gap: where memory reaches back to the position, the answer and the subscription are one synchronous step. Where it does not,
 * a page is read from the log, and the cursor starts behind. A position that is ahead of this instance's tail is waited for. A position that the
 * log does not hold is a reset, never a guess.
 */
import { Context, Effect, FiberSet, Layer, RcMap, Schedule, type Scope } from "effect";
import { Backlog } from "../../domain/backlog.ts";
import { comparePositions, type Head, type Position } from "../../domain/position.ts";
import { LARGE_ROOM } from "../../domain/presence.ts";
import type { ResetReason } from "../../domain/resume.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { evolveRoster, rosterOf } from "../../domain/roster.ts";
import { eventOf, type Entry } from "../../wire/event.ts";
import { MOST_EVENTS } from "../../wire/protocol.ts";
import type { Replay } from "../../wire/server-frame.ts";
import { Batch, inFrames } from "./batch.ts";
import { catchUp } from "./catch-up.ts";
import type { Cursor, Subscriber } from "./cursor.ts";
import { Feed, type Opening } from "./feed.ts";
import { EventLog, type LogUnavailable } from "../ports/event-log.ts";
import { PresenceBoard } from "../ports/presence-board.ts";
import { Signals } from "../ports/signals.ts";
import { Settings } from "../instance/settings.ts";
import { shareReads, type ReadAfter } from "./shared-reads.ts";

/** A room's backlog takes no more memory than this (UTF-16 units), however long its messages are. */
const BACKLOG_SIZE = 8 * 1024 * 1024;
/** How long a feed that nobody reads is kept, since whoever was cut comes back soon. */
const LINGER = "30 seconds";

/** As many of the first entries as one frame carries. */
const firstFrame = (entries: readonly Entry[]): readonly Entry[] => inFrames(entries)[0] ?? [];

/** Where a subscription begins: after a position, or with the newest `limit`; those also follow a reset. */
export interface From {
  readonly after: Position | undefined;
  readonly limit: number;
}

export interface Subscription {
  readonly feed: Feed;
  readonly cursor: Cursor;
}

/** A room's feed, and the reads of its log that all who are behind it share. */
interface Served {
  readonly feed: Feed;
  readonly readAfter: ReadAfter;
}

export class Feeds extends Context.Service<
  Feeds,
  {
    /** Subscribes until the scope closes. `subscriber.start` has been called when this succeeds. */
    readonly subscribe: (
      room: RoomName,
      subscriber: Subscriber,
      from: From,
    ) => Effect.Effect<Subscription, LogUnavailable, Scope.Scope>;
    /** The room's feed, if it is open. */
    readonly get: (room: RoomName) => Feed | undefined;
    /** Asks the log whether it still holds every open room's head (R4). */
    readonly verify: Effect.Effect<void, LogUnavailable>;
    /** Tells large rooms how many they are (P6). */
    readonly count: Effect.Effect<void, LogUnavailable>;
    readonly size: () => number;
  }
>()("gapless/Feeds") {
  static readonly layer = Layer.effect(
    Feeds,
    Effect.gen(function* () {
      const log = yield* EventLog;
      const board = yield* PresenceBoard;
      const signals = yield* Signals;
      const settings = yield* Settings;
      const run = yield* FiberSet.makeRuntime<never, void, LogUnavailable>();
      const open = new Map<RoomName, Feed>();
      const unfollow = new Map<Feed, () => void>();

      const opening = Effect.fnUntraced(function* (room: RoomName) {
        // The members first: whatever joins or leaves after this moment is among the entries, and is folded.
        const { members, memberCount, at } = yield* board.members(room);
        const page = yield* log.before(room, undefined, settings.backlogEvents);
        const roster = page.entries
          .filter((entry) => entry.seq > at.seq)
          .reduce((roster, entry) => evolveRoster(roster, eventOf(entry)), rosterOf(members, memberCount));
        return { head: page.head, entries: page.entries, more: page.more, roster } satisfies Opening;
      });

      const follow = (feed: Feed): void => {
        unfollow.get(feed)?.();
        unfollow.set(
          feed,
          log.follow(feed.room, feed.head.id, (entries) => feed.take(entries)),
        );
      };

      /** Why the log does not continue what the feed has seen: it lost it, or has trimmed past it while this instance could not read (R3). */
      const reasonOf = ({ room, head }: Feed): Effect.Effect<ResetReason, LogUnavailable> =>
        Effect.map(log.after(room, head.id, 1), ({ status }) =>
          status === "trimmed" ? "trimmed" : "unknown",
        );

      const reopen = Effect.fnUntraced(function* (feed: Feed) {
        const { room } = feed;
        const [reason, anew] = yield* Effect.retry(
          Effect.all([reasonOf(feed), opening(room)]),
          Schedule.min([Schedule.exponential("50 millis"), Schedule.spaced("2 seconds")]).pipe(
            Schedule.jittered,
          ),
        );
        yield* reason === "trimmed"
          ? Effect.logWarning(
              "The log was trimmed past what was read of it: everyone in the room starts anew.",
              {
                room,
              },
            )
          : Effect.logWarning("The log diverged: every client of the room restarts from it.", { room });
        if (open.get(room) !== feed) return;
        feed.reopen(anew, reason);
        follow(feed);
      });

      const feeds = yield* RcMap.make({
        idleTimeToLive: LINGER,
        lookup: (room: RoomName) =>
          Effect.acquireRelease(
            Effect.map(opening(room), (opened) => {
              const backlog = new Backlog<Entry>(settings.backlogEvents, BACKLOG_SIZE);
              const readAfter = shareReads((position, limit) => log.after(room, position, limit), run);
              const feed = new Feed(room, backlog, opened, {
                onRewound: (feed) => void run(reopen(feed)),
                onBehind: (feed, cursor) => void run(catchUp(feed, cursor, readAfter)),
              });
              open.set(room, feed);
              follow(feed);
              const unsubscribe = signals.subscribe(room, (signal) => feed.signal(signal));
              return { feed, readAfter, unsubscribe };
            }),
            ({ feed, unsubscribe }) =>
              Effect.sync(() => {
                unsubscribe();
                unfollow.get(feed)?.();
                unfollow.delete(feed);
                open.delete(room);
              }),
          ),
      });

      const acquire = (room: RoomName): Effect.Effect<Served, LogUnavailable, Scope.Scope> =>
        // A failure is not to be remembered: the next one who asks tries anew.
        RcMap.get(feeds, room).pipe(Effect.tapError(() => RcMap.invalidate(feeds, room)));

      const reached = (feed: Feed, position: Position): Effect.Effect<void> =>
        Effect.callback<void>((resume) => {
          const forget = feed.onReached(position, () => resume(Effect.void));
          return Effect.sync(forget);
        });

      /** A log that ends before where the feed has stood has lost its tail: no need to wait for an event or a beat to tell (R4). */
      const notice = (feed: Feed, stood: Head, head: Head): boolean => {
        // Meanwhile it may have been opened anew, and stand lower by right.
        const lost = head.seq < stood.seq && feed.head.seq >= stood.seq;
        if (lost) feed.lose();
        return lost;
      };

      /** The newest entries up to the head at which the feed stands when this succeeds. */
      const newest = Effect.fnUntraced(function* (feed: Feed, limit: number) {
        for (;;) {
          if (feed.reaches(limit)) return feed.recent(limit);
          const page = yield* log.before(feed.room, undefined, limit);
          yield* reached(feed, page.head.id);
          const later = feed.after(page.head.id, MOST_EVENTS);
          if (later === undefined) continue;
          const all = [...page.entries, ...later];
          return { entries: all.slice(-limit), more: page.more || all.length > limit };
        }
      });

      type Subscribe = (replay: Replay, batch: Batch, more: boolean) => Cursor;

      /** Finds where to start, and subscribes in the step in which it is true. */
      const start = Effect.fnUntraced(function* (
        { feed, readAfter }: Served,
        { after, limit }: From,
        subscribe: Subscribe,
      ) {
        for (;;) {
          if (feed.diverged) {
            yield* Effect.callback<void>((resume) => feed.onReopened(() => resume(Effect.void)));
          }
          const stood = feed.head;
          if (after === undefined) {
            // The tail may be a moment behind: whoever joins sees all that was acknowledged before.
            const { head } = yield* log.before(feed.room, undefined, 0);
            if (notice(feed, stood, head)) continue;
            yield* reached(feed, head.id);
            const { entries, more } = yield* newest(feed, limit);
            return subscribe({ replay: "recent" }, new Batch(feed.room, entries), more);
          }
          const known = feed.after(after, MOST_EVENTS);
          if (known !== undefined)
            return subscribe({ replay: "resumed" }, feed.batch(firstFrame(known)), false);
          const page = yield* readAfter(after, MOST_EVENTS);
          if (page.status === "held" && notice(feed, stood, page.head)) continue;
          if (page.status !== "held") {
            const { entries, more } = yield* newest(feed, limit);
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

      return {
        subscribe: (room, subscriber, from) =>
          Effect.gen(function* () {
            const served = yield* acquire(room);
            const { feed } = served;
            // Kept in the very step of subscribing, so that an interruption can't leave a cursor behind.
            let kept: Cursor | undefined;
            yield* Effect.addFinalizer(() => Effect.sync(() => kept && feed.unsubscribe(kept)));
            const cursor = yield* start(served, from, (replay, batch, more) => {
              kept = feed.subscribe(subscriber, replay, batch, more);
              return kept;
            });
            return { feed, cursor };
          }),
        get: (room) => open.get(room),
        verify: Effect.gen(function* () {
          const heads = new Map([...open.values()].filter((f) => !f.diverged).map((f) => [f.room, f.head]));
          if (heads.size === 0) return;
          for (const room of yield* log.diverged(heads)) {
            // It may have been opened anew while the log was asked.
            const feed = open.get(room);
            if (feed !== undefined && feed.head === heads.get(room)) feed.lose();
          }
        }),
        count: Effect.gen(function* () {
          for (const feed of open.values()) {
            if (feed.memberCount < LARGE_ROOM) continue;
            const { memberCount } = yield* board.members(feed.room);
            feed.count(memberCount);
          }
        }),
        size: () => open.size,
      } satisfies Feeds["Service"];
    }),
  );
}
