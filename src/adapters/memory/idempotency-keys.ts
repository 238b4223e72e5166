/**
 * The used keys: only the first command of the same user, room and key is appended (I1).
 *
 * A key outlives its entry if the entry is trimmed. Each use removes the expired keys, so the map needs no
 * sweep.
 */
import type { MessageFact } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";

interface Used {
  readonly at: Head;
  readonly until: number;
}

/** Neither the name of a room nor a key contains a space. */
const nameOf = (room: RoomName, { by, key }: MessageFact): string => `${room} ${key} ${by.id}`;

export class IdempotencyKeys {
  readonly #ttlMs: number;
  /** In the order of their use, so also in the order in which they expire. */
  readonly #used: Map<string, Used>;

  constructor(ttlMs: number, used: ReadonlyMap<string, Used> = new Map()) {
    this.#ttlMs = ttlMs;
    this.#used = new Map(used);
  }

  /** The id and seq of the first command with this key. */
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
