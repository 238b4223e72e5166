/**
 * A simulated person who uses the service in one or several pages. Pages are reloaded, closed and opened
 * again. All pages of a person share the storage of the browser, which stays.
 */
import type { Room } from "../../src/client/room/room.ts";
import { memoryStore } from "../../src/client/platform/store.ts";
import type { IdempotencyKey } from "../../src/domain/idempotency-key.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import type { UserId } from "../../src/domain/user.ts";
import { Page, type CheckedConnection, type PageDependencies } from "./page.ts";

const MAX_PAGES = 3;
const MAX_BURST = 15;

/** A post that a person has requested. */
export interface PostRequest {
  readonly room: RoomName;
  readonly key: IdempotencyKey;
}

/** A period in which a person had no open page. */
export interface Absence {
  readonly how: "goodbye" | "cut" | "silent";
  readonly from: number;
  /** When they came back. Undefined while they are away. */
  until: number | undefined;
}

export class Person {
  readonly name: string;
  readonly postRequests: PostRequest[] = [];
  readonly absences: Absence[] = [];
  readonly #dependencies: PageDependencies;
  readonly #store = memoryStore();
  readonly #closed: Page[] = [];
  #pages: Page[] = [];

  constructor(name: string, dependencies: PageDependencies) {
    this.name = name;
    this.#dependencies = dependencies;
    this.come();
  }

  /** Undefined until the first `welcome`. */
  get id(): UserId | undefined {
    return [...this.#closed, ...this.#pages].find(({ chat }) => chat.user !== undefined)?.chat.user?.id;
  }

  /** The open pages. */
  get pages(): readonly Page[] {
    return this.#pages;
  }

  /** All connections so far, also of closed pages. */
  get connections(): readonly CheckedConnection[] {
    return [...this.#closed, ...this.#pages].flatMap(({ connections }) => connections);
  }

  /** The present absence. Undefined while a page is open. */
  get gone(): Absence | undefined {
    const last = this.absences.at(-1);
    return last?.until === undefined ? last : undefined;
  }

  /** Whether the browser's storage still has a command that is not settled. */
  keeps(key: IdempotencyKey): boolean {
    return this.#store
      .load()
      .keys()
      .some((name) => name.endsWith(`/${key}`));
  }

  /** Opens a page, the first or another one. */
  come(): void {
    const { gone } = this;
    // Before the first `welcome`, two pages would become two guests.
    if (this.#pages.length > 0 && (this.id === undefined || this.#pages.length >= MAX_PAGES)) return;
    if (gone !== undefined) gone.until = this.#dependencies.network.time.now();
    this.#pages.push(new Page(this.name, this.#store, this.#dependencies));
  }

  /** Closes a page. */
  leave(how: Absence["how"]): void {
    const page = this.#pick();
    if (page === undefined) return;
    this.#pages = this.#pages.filter((other) => other !== page);
    this.#closed.push(page);
    if (this.#pages.length === 0) {
      this.absences.push({ how, from: this.#dependencies.network.time.now(), until: undefined });
    }
    if (how === "goodbye") page.close();
    else page.vanish(how === "silent");
  }

  /** Reloads a page. */
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

  /** Does something at random: posts, edits, reacts, types or loads older messages. */
  act(): void {
    const { random } = this.#dependencies;
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
          for (let count = random.below(MAX_BURST); count > 0; count -= 1) this.#post(room);
          return;
        default:
          return this.#post(room);
      }
    });
  }

  #pick(): Page | undefined {
    return this.#pages.length === 0 ? undefined : this.#dependencies.random.pick(this.#pages);
  }

  #post(room: Room): void {
    void room.post(`${this.name} says ${this.postRequests.length}`);
    const key = room.pending.at(-1)?.key;
    if (key !== undefined) this.postRequests.push({ room: room.name, key });
  }

  /** Edits, deletes, answers or reacts to a message in the view. */
  #revise(room: Room): void {
    const { random } = this.#dependencies;
    const posts = room.items.filter((item) => item.type === "message.posted");
    if (posts.length === 0) return this.#post(room);
    const { id, by } = random.pick(posts);
    const action = by.id === this.id ? random.below(4) : 2 + random.below(2);
    if (action === 0) void room.edit(id, `${this.name} means ${this.postRequests.length}`);
    else if (action === 1) void room.delete(id);
    else if (action === 2) void room.post("To this:", { replyTo: id });
    else void room.react(id, "👍", random.below(2) === 0);
  }
}
