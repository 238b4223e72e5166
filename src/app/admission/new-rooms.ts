/**
 * Limits the new rooms of each address (L3). A join or a post makes a room, and its log is permanent once it
 * has a message. Each address has a bucket.
 *
 * Always true: a room whose log has an entry costs nothing. A room that several clients enter at the same
 * time costs only one of them.
 */
import { Effect } from "effect";
import type { RoomName } from "../../domain/room-name.ts";
import type { Rate } from "../../domain/token-bucket.ts";
import { refusal, type Refused } from "../commands/refusal.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { Feeds } from "../fan-out/feeds.ts";
import type { History } from "../ports/history.ts";
import { KeyedBuckets } from "./keyed-buckets.ts";

/** The maximum time from the permission of a room to its first entry. */
const MADE_WITHIN_MS = 5_000;
const CLEAN_AT = 1_000;

export class NewRooms {
  readonly #buckets: KeyedBuckets<string> | undefined;
  readonly #feeds: Pick<Feeds["Service"], "get">;
  readonly #history: History["Service"];
  readonly #now: () => number;
  /** The times at which rooms were permitted. */
  #permitted = new Map<RoomName, number>();

  constructor(
    rate: Rate | undefined,
    feeds: Pick<Feeds["Service"], "get">,
    history: History["Service"],
    now: () => number,
  ) {
    this.#buckets = rate && new KeyedBuckets(rate);
    this.#feeds = feeds;
    this.#history = history;
    this.#now = now;
  }

  get bytes(): number {
    return this.#buckets?.bytes ?? 0;
  }

  /** Permits a room that exists or that the address may make. Otherwise it fails with `rate_limited`. */
  permit(room: RoomName, address: string): Effect.Effect<void, Refused | LogUnavailable> {
    const buckets = this.#buckets;
    if (buckets === undefined) return Effect.void;
    return Effect.gen({ self: this }, function* () {
      if (yield* this.#exists(room)) return;
      const now = this.#now();
      const permittedAt = this.#permitted.get(room);
      if (permittedAt !== undefined && now - permittedAt < MADE_WITHIN_MS) return;
      const taken = buckets.take(address, now);
      if (!taken.ok) return yield* refusal("rate_limited", taken.retryAfterMs);
      this.#permitted.set(room, now);
      if (this.#permitted.size > CLEAN_AT) {
        this.#permitted = new Map([...this.#permitted].filter(([, at]) => now - at < MADE_WITHIN_MS));
      }
    });
  }

  #exists(room: RoomName): Effect.Effect<boolean, LogUnavailable> {
    if ((this.#feeds.get(room)?.head.seq ?? 0) > 0) return Effect.succeed(true);
    return Effect.map(this.#history.before(room, undefined, 0), ({ head }) => head.seq > 0);
  }
}
