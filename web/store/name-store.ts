/**
 * The names that are known in a room, for the mentions in its texts: of who is listed there, and of who has come, gone or said something in what
 * is held of its log. A name stays known when its bearer goes, so a mention does not lose its mark; and those who are counted only (P6) are known
 * by what they say.
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
    this.#tell();
    room.subscribe((change) => {
      if (change.type === "appended" || change.type === "inserted") this.#takeItems(change.items);
      else if (change.type === "reset") this.#takeItems(room.items);
      else if (change.type === "roster") this.#takeRoster(change.roster);
    });
  }

  /** Another object where another name is known, once a task however many are new. */
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
    queueMicrotask(() => this.#tell());
  }

  #tell(): void {
    this.#isStale = false;
    this.#known.value = { has: (name) => this.#folded.has(name), longest: this.#longest };
  }
}
