/**
 * The gate of typing signals: each user's goes through once in 2 s for each room (L4), however many connections the
 * user has. What does not go through is lost, which P5 allows.
 *
 * Always true: it remembers no more than `MAX_REMEMBERED` signals. Beyond, none goes through until some are 2 s old.
 */
import type { RoomName } from "../../domain/room-name.ts";
import type { UserId } from "../../domain/user.ts";

const EVERY_MS = 2_000;
const MAX_REMEMBERED = 10_000;

export class TypingGate {
  /** When a signal of this user in this room went through last, oldest first. */
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
