/**
 * Limits typing signals: one signal of a user passes in 2 s for each room (L4), over all connections of the
 * user. All others are lost, which P5 allows.
 *
 * Always true: it remembers at most `MAX_REMEMBERED` signals. Beyond that, none passes until some are 2 s
 * old.
 */
import type { RoomName } from "../../domain/room-name.ts";
import type { UserId } from "../../domain/user.ts";

const EVERY_MS = 2_000;
const MAX_REMEMBERED = 10_000;

export class TypingGate {
  /** When the last signal of a user in a room passed, oldest first. */
  readonly #passedAt = new Map<string, number>();

  passes(room: RoomName, user: UserId, now: number): boolean {
    for (const [key, at] of this.#passedAt) {
      if (now - at < EVERY_MS) break;
      this.#passedAt.delete(key);
    }
    const key = `${room} ${user}`;
    if (this.#passedAt.has(key) || this.#passedAt.size >= MAX_REMEMBERED) return false;
    this.#passedAt.set(key, now);
    return true;
  }
}
