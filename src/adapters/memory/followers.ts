/**
 * The port LogTail in memory. A follower is a position. After each append to its room it reads the entries
 * above that position: one page in a turn, until none is left.
 */
import type { LogTail } from "../../app/ports/log-tail.ts";
import type { Position } from "../../domain/position.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Entry } from "../../log/entry.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { Later } from "./options.ts";

const PAGE = 500;

interface Follower {
  readonly room: RoomName;
  readonly onEntries: (entries: readonly Entry[]) => void;
  position: Position;
  /** Whether a read is scheduled for a later turn. */
  due: boolean;
  ended: boolean;
}

type Tail = LogTail["Service"];

export class Followers implements Tail {
  readonly #store: MemoryStore;
  readonly #later: Later;
  readonly #stops = new Set<() => void>();

  constructor(store: MemoryStore, later: Later) {
    this.#store = store;
    this.#later = later;
  }

  readonly follow: Tail["follow"] = (room, from, onEntries) => {
    const follower: Follower = { room, onEntries, position: from, due: false, ended: false };
    const forget = this.#store.appended.add(room, () => this.#readLater(follower));
    const stop = (): void => {
      follower.ended = true;
      this.#stops.delete(stop);
      forget();
    };
    this.#stops.add(stop);
    this.#readLater(follower);
    return stop;
  };

  /** Ends all followers. */
  end(): void {
    for (const stop of this.#stops) stop();
  }

  #readLater(follower: Follower): void {
    if (follower.due) return;
    follower.due = true;
    this.#later(() => this.#read(follower));
  }

  #read(follower: Follower): void {
    follower.due = false;
    if (follower.ended) return;
    const page = this.#store.rooms.get(follower.room)?.log.after(follower.position, PAGE);
    const last = page?.entries.at(-1);
    if (page === undefined || last === undefined) return;
    follower.position = last.id;
    if (page.more) this.#readLater(follower);
    follower.onEntries(page.entries);
  }
}
