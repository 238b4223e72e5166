/**
 * The keys that have been used: of the same user, room and key only the first command is appended (I1).
 *
 * A key outlives its entry where that is trimmed, and is forgotten after its time. Each use forgets those that are over,
 * so the map needs no sweep of its own.
 */
import type { MessageFact } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";

interface Used {
  readonly at: Head;
  readonly until: number;
}

/** Neither a room's name nor a key holds a space. */
const nameOf = (room: RoomName, { by, key }: MessageFact): string => `${room} ${key} ${by.id}`;

export class IdempotencyKeys {
  readonly #ttlMs: number;
  /** In the order in which they were used, so in which their time is over. */
  readonly #used: Map<string, Used>;

  constructor(ttlMs: number, used: ReadonlyMap<string, Used> = new Map()) {
    this.#ttlMs = ttlMs;
    this.#used = new Map(used);
  }

  /** Where the first command with this key stands. */
  find(room: RoomName, fact: MessageFact, now: number): Head | undefined {
    const used = this.#used.get(nameOf(room, fact));
    return used !== undefined && used.until > now ? used.at : undefined;
  }

  keep(room: RoomName, fact: MessageFact, at: Head, now: number): void {
    const name = nameOf(room, fact);
    this.#used.delete(name);
    this.#used.set(name, { at, until: now + this.#ttlMs });
    for (const [oldest, { until }] of this.#used) {
      if (until > now) return;
      this.#used.delete(oldest);
    }
  }

  /** Forgets all keys of a room. */
  forget(room: RoomName): void {
    for (const name of this.#used.keys()) if (name.startsWith(`${room} `)) this.#used.delete(name);
  }

  copy(): IdempotencyKeys {
    return new IdempotencyKeys(this.#ttlMs, this.#used);
  }
}
