/**
 * The feeds of this instance, one for each room with a reader here. A feed is opened with the first reader,
 * kept for a while after the last, and reopened after the log diverged.
 */
import { Clock, Context, Effect, FiberSet, Layer, RcMap, Semaphore, type Scope } from "effect";
import { Backlog } from "../../domain/backlog.ts";
import { ByteBudget } from "../../domain/byte-budget.ts";
import { LARGE_ROOM } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import { Settings } from "../instance/settings.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import { History } from "../ports/history.ts";
import { LogTail } from "../ports/log-tail.ts";
import { PresenceBoard } from "../ports/presence-board.ts";
import { Signals } from "../ports/signals.ts";
import { catchUp } from "./catch-up.ts";
import type { Cursor, Subscriber } from "./cursor.ts";
import { Feed } from "./feed.ts";
import { joinFeed, type From, type OpenFeed } from "./joining.ts";
import { readOpening } from "./opening.ts";
import { readReopening } from "./reopening.ts";
import { shareReads } from "./shared-reads.ts";
import { TypingGate } from "./typing-gate.ts";

/** The maximum size of a room's backlog (UTF-16 units). */
const BACKLOG_SIZE = 8 * 1024 * 1024;
/** The time for which a feed without readers is kept, because a client that was cut comes back soon. */
const LINGER = "30 seconds";

/** Each opening holds up to a whole backlog. */
const OPENINGS_AT_A_TIME = 8;

export interface Subscription {
  readonly feed: Feed;
  readonly cursor: Cursor;
}

export class Feeds extends Context.Service<
  Feeds,
  {
    /** Subscribes until the scope closes. When it succeeds, `subscriber.start` has been called. */
    readonly subscribe: (
      room: RoomName,
      subscriber: Subscriber,
      from: From,
    ) => Effect.Effect<Subscription, LogUnavailable, Scope.Scope>;
    /** The room's feed, if it is open. */
    readonly get: (room: RoomName) => Feed | undefined;
    /** Checks that the log still holds the head of every open feed (R4). */
    readonly verify: Effect.Effect<void, LogUnavailable>;
    /** Sends large rooms the number of their members (P6). */
    readonly count: Effect.Effect<void, LogUnavailable>;
    readonly size: () => number;
    /** The memory of the backlogs and the cached batches of all feeds, in bytes. */
    readonly bytes: () => number;
  }
>()("gapless/Feeds") {
  static readonly layer = Layer.effect(
    Feeds,
    Effect.gen(function* () {
      const history = yield* History;
      const tail = yield* LogTail;
      const board = yield* PresenceBoard;
      const signals = yield* Signals;
      const clock = yield* Clock.Clock;
      // A user may type on several instances, each of which lets one signal through.
      const typing = new TypingGate();
      const settings = yield* Settings;
      const budget = new ByteBudget(settings.backlogBytes);
      // A single room must not use the whole budget.
      const backlogSize = Math.min(BACKLOG_SIZE, settings.backlogBytes / 4);
      const turns = Semaphore.makeUnsafe(OPENINGS_AT_A_TIME);
      const run = yield* FiberSet.makeRuntime<never, void, LogUnavailable>();
      const open = new Map<RoomName, Feed>();
      const unfollow = new Map<Feed, () => void>();

      const opening = (room: RoomName) =>
        turns.withPermits(1)(readOpening(history, board, room, settings.backlogEvents, backlogSize));

      const follow = (feed: Feed): void => {
        unfollow.get(feed)?.();
        unfollow.set(
          feed,
          tail.follow(feed.room, feed.head.id, (entries) => feed.take(entries)),
        );
      };

      const reopen = (feed: Feed): Effect.Effect<void> =>
        Effect.map(readReopening(history, feed, opening(feed.room)), ({ reason, opening }) => {
          if (open.get(feed.room) !== feed) return;
          feed.reopen(opening, reason);
          follow(feed);
        });

      const feeds = yield* RcMap.make({
        idleTimeToLive: LINGER,
        lookup: (room: RoomName) =>
          Effect.acquireRelease(
            Effect.map(opening(room), (opened) => {
              const backlog = new Backlog<Entry>(settings.backlogEvents, backlogSize, budget);
              const readAfter = shareReads((position, limit) => history.after(room, position, limit), run);
              const feed = new Feed(room, backlog, budget, opened, {
                onDiverged: (feed) => void run(reopen(feed)),
                onBehind: (feed, cursor) => void run(catchUp(feed, cursor, readAfter)),
              });
              open.set(room, feed);
              follow(feed);
              const unsubscribe = signals.subscribe(room, (signal) => {
                if (typing.passes(room, signal.user.id, clock.currentTimeMillisUnsafe())) feed.signal(signal);
              });
              return { feed, readAfter, unsubscribe };
            }),
            ({ feed, unsubscribe }) =>
              Effect.sync(() => {
                unsubscribe();
                unfollow.get(feed)?.();
                unfollow.delete(feed);
                open.delete(room);
                feed.release();
              }),
          ),
      });

      const acquire = (room: RoomName): Effect.Effect<OpenFeed, LogUnavailable, Scope.Scope> =>
        // A failure is not cached: the next subscriber tries again.
        RcMap.get(feeds, room).pipe(Effect.tapError(() => RcMap.invalidate(feeds, room)));

      return {
        subscribe: (room, subscriber, from) =>
          Effect.gen(function* () {
            const opened = yield* acquire(room);
            const { feed } = opened;
            // The cursor is stored in the same step as the subscription, so that an interruption can't leak
            // it.
            let subscribed: Cursor | undefined;
            yield* Effect.addFinalizer(() => Effect.sync(() => subscribed && feed.unsubscribe(subscribed)));
            const cursor = yield* joinFeed(history, opened, from, (replay, batch, more) => {
              subscribed = feed.subscribe(subscriber, replay, batch, more);
              return subscribed;
            });
            return { feed, cursor };
          }),
        get: (room) => open.get(room),
        verify: Effect.gen(function* () {
          const heads = new Map([...open.values()].filter((f) => !f.diverged).map((f) => [f.room, f.head]));
          if (heads.size === 0) return;
          for (const room of yield* history.diverged(heads)) {
            // The feed may have been reopened while the log was read.
            const feed = open.get(room);
            if (feed !== undefined && feed.head === heads.get(room)) feed.markDiverged();
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
        bytes: () => budget.bytes,
      } satisfies Feeds["Service"];
    }),
  );
}
