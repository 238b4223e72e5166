/**
 * The bound on rooms that did not exist before (L3): a join or a post makes a room, and its log stays for good if
 * anything is said in it. Each address has a bucket.
 *
 * Always true: a room whose log holds anything costs nothing; and a room that several clients enter at once is
 * made once.
 */
import { Effect } from "effect";
import type { RoomName } from "../../domain/room-name.ts";
import type { Rate } from "../../domain/token-bucket.ts";
import { refusal, type Refused } from "../commands/refusal.ts";
import type { LogUnavailable } from "../ports/event-log.ts";
import type { Feeds } from "../fan-out/feeds.ts";
import type { History } from "../ports/history.ts";
import { KeyedBuckets } from "./keyed-buckets.ts";

/** How long a room may take from its permission to its first entry. */
const MADE_WITHIN_MS = 5_000;
const CLEAN_AT = 1_000;

export class NewRooms {
  readonly #buckets: KeyedBuckets<string> | undefined;
  readonly #feeds: Pick<Feeds["Service"], "get">;
  readonly #history: History["Service"];
  readonly #now: () => number;
  /** When these rooms were permitted. */
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

  /** Refuses (`rate_limited`) to make a room for an address that has made too many. */
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
