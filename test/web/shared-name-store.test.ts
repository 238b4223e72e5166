/** The shared names of a room while users become known, and when the data of look-alikes is loaded. */
import { effect } from "@preact/signals";
import { beforeAll, beforeEach, expect, test } from "vitest";
import type { Item, RoomChange } from "../../src/client/index.ts";
import type { Author } from "../../src/domain/event.ts";
import { position } from "../../src/domain/position.ts";
import { EMPTY_ROSTER, rosterOf, type Roster } from "../../src/domain/roster.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { SharedNameStore } from "../../web/store/shared-name-store.ts";
import { askForPrototypes, prototypes } from "../../web/text/prototypes.ts";
import { NO_PROTOTYPES } from "../../web/text/skeleton.ts";
import { accepted, KEY } from "../domain/given.ts";

let ids = 0;
const author = (name: string): Author => ({ id: accepted(parseUserId(`user-${(ids += 1)}`)), name });
const saidBy = (by: Author): Item => {
  const seq = (ids += 1);
  return { type: "message.posted", id: position(`${seq}-0`), seq, by, key: KEY, text: "hello" };
};

/** A room that emits the changes of the test. */
class GivenRoom {
  items: readonly Item[] = [];
  roster: Roster = EMPTY_ROSTER;
  #listener: (change: RoomChange) => void = () => {};

  subscribe(listener: (change: RoomChange) => void): () => void {
    this.#listener = listener;
    return () => {};
  }

  tell(change: RoomChange): Promise<void> {
    this.#listener(change);
    return Promise.resolve();
  }
}

/** The data is loaded once, so that it does not come in the middle of a test. */
let loaded = NO_PROTOTYPES;
beforeAll(async () => {
  await askForPrototypes();
  loaded = prototypes.peek();
});
beforeEach(() => {
  prototypes.value = NO_PROTOTYPES;
});

test("[A1] the names of members, authors and typists are compared", async () => {
  const room = new GivenRoom();
  room.items = [saidBy(author("Ada")), saidBy(author("Ben"))];
  room.roster = rosterOf([author("Ada"), author("Cleo")], 2);
  const { shared } = new SharedNameStore(room);
  expect(["Ada", "Ben", "Cleo"].map((name) => shared.value.has(name))).toEqual([true, false, false]);

  await room.tell({ type: "typists", typists: [author("Ben")] });
  expect(shared.value.has("Ben")).toBe(true);
  await room.tell({ type: "roster", roster: rosterOf([author("Cleo"), author("Cleo")], 2) });
  expect(shared.value.has("Cleo")).toBe(true);
});

test("[A1] readers hear of a name once it is shared, and not of others", async () => {
  const room = new GivenRoom();
  const ada = author("Ada");
  room.items = [saidBy(ada)];
  const { shared } = new SharedNameStore(room);
  let heard = 0;
  effect(() => {
    void shared.value;
    heard += 1;
  });
  await room.tell({ type: "appended", items: [saidBy(ada), saidBy(author("Ben"))] });
  expect(heard).toBe(1);
  await room.tell({ type: "appended", items: [saidBy(author("Ada")), saidBy(author("Ada"))] });
  expect(heard).toBe(2);
});

test("[V2] names that look alike are shared once the data is loaded", async () => {
  const room = new GivenRoom();
  room.items = [saidBy(author("BOB")), saidBy(author("ВОВ"))];
  const { shared } = new SharedNameStore(room);
  expect([shared.value.has("BOB"), shared.value.has("ВОВ")]).toEqual([false, false]);
  prototypes.value = loaded;
  expect([shared.value.has("BOB"), shared.value.has("ВОВ")]).toEqual([true, true]);
});

test("[V2] the data of look-alikes can be loaded", () => {
  expect(loaded.get("В")).toBe("B");
});
