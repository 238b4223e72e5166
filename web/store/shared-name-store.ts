/**
 * The names of a room that are borne by several users, or look alike: among its listed members, its
 * typists, and the authors of the events that the client holds.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Author, Item, Room } from "../../src/client/index.ts";
import { strings } from "../strings.ts";
import { askForPrototypes, prototypes } from "../text/prototypes.ts";
import { NameIndex, type SharedNames } from "../text/shared-names.ts";
import { userMark } from "../text/user-mark.ts";

export class SharedNameStore {
  /** A new object when more names are shared: once a task, however many. */
  readonly shared: ReadonlySignal<SharedNames>;
  /** For each user, the names that are known. */
  readonly #namesOf = new Map<string, Set<string>>();
  #index = new NameIndex();
  /** Grows when another name has become shared. */
  readonly #version: Signal<number> = signal(0);
  #isPublishDue = false;

  constructor(room: Pick<Room, "items" | "roster" | "subscribe">) {
    this.shared = computed(() => {
      void this.#version.value;
      const index = this.#indexBy(prototypes.value);
      return { has: (name) => index.has(name) };
    });
    this.#takeItems(room.items);
    this.#takeAuthors(room.roster.listed.values());
    room.subscribe((change) => {
      if (change.type === "appended" || change.type === "inserted") this.#takeItems(change.items);
      else if (change.type === "reset") this.#takeItems(room.items);
      else if (change.type === "roster") this.#takeAuthors(change.roster.listed.values());
      else if (change.type === "typists") this.#takeAuthors(change.typists);
    });
  }

  /** A user's name for a text without markup, with the letters of the mark if the name is shared. */
  nameText({ id, name }: Author): string {
    return this.shared.peek().has(name) ? strings.markedName(name, userMark(id).letters) : name;
  }

  #takeItems(items: readonly Item[]): void {
    for (const item of items) if (item.type !== "gap" && item.type !== "unknown") this.#take(item.by);
  }

  #takeAuthors(authors: Iterable<Author>): void {
    for (const author of authors) this.#take(author);
  }

  #take({ id, name }: Author): void {
    const names = this.#namesOf.get(id);
    if (names?.has(name) === true) return;
    if (names === undefined) this.#namesOf.set(id, new Set([name]));
    else names.add(name);
    // A user who is alone in a room needs no data to be told apart.
    if (this.#namesOf.size > 1) void askForPrototypes();
    if (this.#index.add(id, name)) this.#publish();
  }

  #publish(): void {
    if (this.#isPublishDue) return;
    this.#isPublishDue = true;
    queueMicrotask(() => {
      this.#isPublishDue = false;
      this.#version.value += 1;
    });
  }

  /** The index, made anew when the data has come. */
  #indexBy(data: NameIndex["prototypes"]): NameIndex {
    if (this.#index.prototypes === data) return this.#index;
    const index = new NameIndex(data);
    for (const [id, names] of this.#namesOf) for (const name of names) index.add(id, name);
    this.#index = index;
    return index;
  }
}
