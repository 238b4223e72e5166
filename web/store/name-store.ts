/**
 * The names that are known in a room, for the mentions in its texts: the names of the listed members, and
 * those in the events that the client holds. A name stays known after its member has left, so a mention keeps
 * its mark. A member who is counted and not listed (P6) becomes known by their events.
 */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Item, Room } from "../../src/client/index.ts";
import type { Roster } from "../../src/domain/roster.ts";
import { folded, NO_NAMES, type Names } from "../text/mentions.ts";

export class NameStore {
  readonly #known: Signal<Names> = signal(NO_NAMES);
  readonly #seen = new Set<string>();
  readonly #folded = new Set<string>();
  #longest = 0;
  #isStale = true;

  constructor(room: Pick<Room, "items" | "roster" | "subscribe">) {
    this.#takeItems(room.items);
    this.#takeRoster(room.roster);
    this.#publish();
    room.subscribe((change) => {
      if (change.type === "appended" || change.type === "inserted") this.#takeItems(change.items);
      else if (change.type === "reset") this.#takeItems(room.items);
      else if (change.type === "roster") this.#takeRoster(change.roster);
    });
  }

  /** A new object when names were added: once a task, however many. */
  get known(): ReadonlySignal<Names> {
    return this.#known;
  }

  #takeItems(items: readonly Item[]): void {
    for (const item of items) if (item.type !== "gap" && item.type !== "unknown") this.#take(item.by.name);
  }

  #takeRoster(roster: Roster): void {
    for (const { name } of roster.listed.values()) this.#take(name);
  }

  #take(name: string): void {
    if (this.#seen.has(name)) return;
    this.#seen.add(name);
    const known = folded(name);
    this.#folded.add(known);
    this.#longest = Math.max(this.#longest, known.length);
    if (this.#isStale) return;
    this.#isStale = true;
    queueMicrotask(() => this.#publish());
  }

  #publish(): void {
    this.#isStale = false;
    this.#known.value = { has: (name) => this.#folded.has(name), longest: this.#longest };
  }
}
