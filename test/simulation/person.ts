/**
 * Somebody who uses the service, in one page or several, and what they ask of it. Pages are loaded again, close and come back; what the browser
 * keeps they share, and it stays.
 */
import type { Room } from "../../src/client/room/room.ts";
import { memoryStore } from "../../src/client/platform/store.ts";
import type { IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { UserId } from "../../src/domain/user.ts";
import { Page, type Line, type Surroundings } from "./page.ts";

const MOST_PAGES = 3;
const MOST_BURST = 15;

/** What somebody asked to be posted. */
export interface Wish {
  readonly room: RoomName;
  readonly key: IdempotencyKey;
}

/** A time for which somebody had no page open. */
export interface Absence {
  readonly how: "goodbye" | "cut" | "silent";
  readonly from: number;
  /** When they came back. */
  until: number | undefined;
}

export class Person {
  readonly name: string;
  readonly wishes: Wish[] = [];
  readonly absences: Absence[] = [];
  readonly #around: Surroundings;
  readonly #store = memoryStore();
  readonly #closed: Page[] = [];
  #pages: Page[] = [];

  constructor(name: string, around: Surroundings) {
    this.name = name;
    this.#around = around;
    this.come();
  }

  /** Undefined until they were first welcomed. */
  get id(): UserId | undefined {
    return [...this.#closed, ...this.#pages].find(({ chat }) => chat.user !== undefined)?.chat.user?.id;
  }

  /** Those that are open. */
  get pages(): readonly Page[] {
    return this.#pages;
  }

  /** All connections that they ever had. */
  get lines(): readonly Line[] {
    return [...this.#closed, ...this.#pages].flatMap(({ lines }) => lines);
  }

  /** The absence that lasts; undefined where they are there. */
  get gone(): Absence | undefined {
    const last = this.absences.at(-1);
    return last?.until === undefined ? last : undefined;
  }

  /** Whether the browser still keeps a command for when it can be sent. */
  keeps(key: IdempotencyKey): boolean {
    return this.#store
      .load()
      .keys()
      .some((name) => name.endsWith(`/${key}`));
  }

  /** Opens a page, the first or another one. */
  come(): void {
    const { gone } = this;
    // Before one is known, two pages would be two guests.
    if (this.#pages.length > 0 && (this.id === undefined || this.#pages.length >= MOST_PAGES)) return;
    if (gone !== undefined) gone.until = this.#around.network.time.now();
    this.#pages.push(new Page(this.name, this.#store, this.#around));
  }

  /** Closes a page. */
  leave(how: Absence["how"]): void {
    const page = this.#pick();
    if (page === undefined) return;
    this.#pages = this.#pages.filter((other) => other !== page);
    this.#closed.push(page);
    if (this.#pages.length === 0) {
      this.absences.push({ how, from: this.#around.network.time.now(), until: undefined });
    }
    if (how === "goodbye") page.close();
    else page.vanish(how === "silent");
  }

  /** A page is loaded anew. */
  reload(): void {
    if (this.#pages.length === 0) return;
    this.leave("cut");
    this.come();
  }

  freeze(): void {
    this.#pick()?.freeze();
  }

  thaw(): void {
    for (const page of this.#pages) page.thaw();
  }

  /** Does one of the things that people do. */
  act(): void {
    const { random } = this.#around;
    const page = this.#pick();
    if (page?.isRunning !== true) return;
    const room = random.pick(page.rooms);
    page.run(() => {
      switch (random.below(10)) {
        case 0:
        case 1:
          return this.#revise(room);
        case 2:
          return room.typing();
        case 3:
          return void room.loadOlder(1 + random.below(20));
        case 4:
          for (let count = random.below(MOST_BURST); count > 0; count -= 1) this.#post(room);
          return;
        default:
          return this.#post(room);
      }
    });
  }

  #pick(): Page | undefined {
    return this.#pages.length === 0 ? undefined : this.#around.random.pick(this.#pages);
  }

  #post(room: Room): void {
    void room.post(`${this.name} says ${this.wishes.length}`);
    const key = room.pending.at(-1)?.key;
    if (key !== undefined) this.wishes.push({ room: room.name, key });
  }

  /** Something about a message that is on view. */
  #revise(room: Room): void {
    const { random } = this.#around;
    const posts = room.items.filter((item) => item.type === "message.posted");
    if (posts.length === 0) return this.#post(room);
    const { id, by } = random.pick(posts);
    const deed = by.id === this.id ? random.below(4) : 2 + random.below(2);
    if (deed === 0) void room.edit(id, `${this.name} means ${this.wishes.length}`);
    else if (deed === 1) void room.delete(id);
    else if (deed === 2) void room.post("To this:", { replyTo: id });
    else void room.react(id, "👍", random.below(2) === 0);
  }
}
