/**
 * The feeds of this instance, one for each room that a client here reads: opened with the first reader, kept for a while
 * after the last, opened anew after the log diverged.
 */
import { Context, Effect, FiberSet, Layer, RcMap, type Scope } from "effect";
import { Backlog } from "../../domain/backlog.ts";
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

/** A room's backlog takes no more memory than this (UTF-16 units), however long its messages are. */
const BACKLOG_SIZE = 8 * 1024 * 1024;
/** How long a feed without readers is kept: a client that was cut comes back soon. */
const LINGER = "30 seconds";

export interface Subscription {
  readonly feed: Feed;
  readonly cursor: Cursor;
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
    /** Asks the log whether it still holds the head of every open feed (R4). */
    readonly verify: Effect.Effect<void, LogUnavailable>;
    /** Tells large rooms how many members they have (P6). */
    readonly count: Effect.Effect<void, LogUnavailable>;
    readonly size: () => number;
  }
>()("gapless/Feeds") {
  static readonly layer = Layer.effect(
    Feeds,
    Effect.gen(function* () {
      const history = yield* History;
      const tail = yield* LogTail;
      const board = yield* PresenceBoard;
      const signals = yield* Signals;
      const settings = yield* Settings;
      const run = yield* FiberSet.makeRuntime<never, void, LogUnavailable>();
      const open = new Map<RoomName, Feed>();
      const unfollow = new Map<Feed, () => void>();

      const opening = (room: RoomName) => readOpening(history, board, room, settings.backlogEvents);

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
              const backlog = new Backlog<Entry>(settings.backlogEvents, BACKLOG_SIZE);
              const readAfter = shareReads((position, limit) => history.after(room, position, limit), run);
              const feed = new Feed(room, backlog, opened, {
                onDiverged: (feed) => void run(reopen(feed)),
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

      const acquire = (room: RoomName): Effect.Effect<OpenFeed, LogUnavailable, Scope.Scope> =>
        // A failure is not remembered: the next subscriber tries anew.
        RcMap.get(feeds, room).pipe(Effect.tapError(() => RcMap.invalidate(feeds, room)));

      return {
        subscribe: (room, subscriber, from) =>
          Effect.gen(function* () {
            const opened = yield* acquire(room);
            const { feed } = opened;
            // The cursor is kept in the very step of subscribing, so that an interruption can't leave it behind.
            let kept: Cursor | undefined;
            yield* Effect.addFinalizer(() => Effect.sync(() => kept && feed.unsubscribe(kept)));
            const cursor = yield* joinFeed(history, opened, from, (replay, batch, more) => {
              kept = feed.subscribe(subscriber, replay, batch, more);
              return kept;
            });
            return { feed, cursor };
          }),
        get: (room) => open.get(room),
        verify: Effect.gen(function* () {
          const heads = new Map([...open.values()].filter((f) => !f.diverged).map((f) => [f.room, f.head]));
          if (heads.size === 0) return;
          for (const room of yield* history.diverged(heads)) {
            // The feed may have been opened anew while the log was asked.
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
      } satisfies Feeds["Service"];
    }),
  );
}
