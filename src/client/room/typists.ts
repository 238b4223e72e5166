/**
 * Who is typing: a signal lasts a few seconds, and a message or an edit ends it. And how often one says so oneself.
 */
import type { Author } from "../../domain/event.ts";
import type { UserId } from "../../domain/user.ts";
import type { Clock } from "../platform/clock.ts";

/** How long a signal lasts. */
export const TYPING_LASTS_MS = 5_000;
/** How often one's own goes out while one types: often enough that it does not lapse on the way. */
export const TYPING_EVERY_MS = 3_000;

export class Typists {
  readonly #clock: Clock;
  readonly #changed: () => void;
  readonly #until = new Map<UserId, { readonly user: Author; readonly until: number }>();
  #cancel: () => void = () => {};

  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock;
    this.#changed = changed;
  }

  get list(): readonly Author[] {
    return [...this.#until.values()].map(({ user }) => user);
  }

  types(user: Author): void {
    const isNew = !this.#until.has(user.id);
    // Taken out and put in again, so that the first to lapse is the first in the map.
    this.#until.delete(user.id);
    this.#until.set(user.id, { user, until: this.#clock.now() + TYPING_LASTS_MS });
    if (this.#until.size === 1) this.#watch(TYPING_LASTS_MS);
    if (isNew) this.#changed();
  }

  stops(id: UserId): void {
    if (this.#until.delete(id)) this.#changed();
  }

  clear(): void {
    this.#cancel();
    if (this.#until.size === 0) return;
    this.#until.clear();
    this.#changed();
  }

  #watch(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => this.#lapse());
  }

  #lapse(): void {
    const now = this.#clock.now();
    let lapsed = false;
    for (const [id, { until }] of this.#until) {
      if (until > now) {
        this.#watch(until - now);
        break;
      }
      this.#until.delete(id);
      lapsed = true;
    }
    if (lapsed) this.#changed();
  }
}
