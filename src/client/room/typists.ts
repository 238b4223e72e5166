/**
 * The users who are typing in a room. A signal lasts some seconds; a message or an edit of the user ends it.
 */
import type { Author } from "../../domain/event.ts";
import type { UserId } from "../../domain/user.ts";
import type { Clock } from "../platform/clock.ts";

/** How long a signal lasts. */
export const TYPING_LASTS_MS = 5_000;

export class Typists {
  readonly #clock: Clock;
  readonly #changed: () => void;
  /** Ordered by the end of their signals. */
  readonly #until = new Map<UserId, { readonly user: Author; readonly until: number }>();
  #cancelTimer: () => void = () => {};

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get list(): readonly Author[] {
    return [...this.#until.values()].map(({ user }) => user);
  }

  /** A signal came. */
  started(user: Author): void {
    const isNew = !this.#until.has(user.id);
    // Deleted and added again, so that the first to lapse is the first in the map.
    this.#until.delete(user.id);
    this.#until.set(user.id, { user, until: this.#clock.now() + TYPING_LASTS_MS });
    if (this.#until.size === 1) this.#wait(TYPING_LASTS_MS);
    if (isNew) this.#changed();
  }

  stopped(id: UserId): void {
    if (this.#until.delete(id)) this.#changed();
  }

  clear(): void {
    this.#cancelTimer();
    if (this.#until.size === 0) return;
    this.#until.clear();
    this.#changed();
  }

  #wait(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, () => this.#removeLapsed());
  }

  #removeLapsed(): void {
    const now = this.#clock.now();
    let hasLapsed = false;
    for (const [id, { until }] of this.#until) {
      if (until > now) {
        this.#wait(until - now);
        break;
      }
      this.#until.delete(id);
      hasLapsed = true;
    }
    if (hasLapsed) this.#changed();
  }
}
