/** Mentions while names become known: only texts whose mentions change are rendered again. */
import { effect, signal } from "@preact/signals";
import { expect, test } from "vitest";
import type { Item, RoomChange } from "../../src/client/index.ts";
import type { Author } from "../../src/domain/event.ts";
import { position } from "../../src/domain/position.ts";
import { EMPTY_ROSTER, rosterOf, type Roster } from "../../src/domain/roster.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { liveIsMentioned, livePieces } from "../../web/store/live-mentions.ts";
import { NameStore } from "../../web/store/name-store.ts";
import { accepted, KEY } from "../domain/given.ts";

let ids = 0;
const author = (name: string): Author => ({ id: accepted(parseUserId(`user-${(ids += 1)}`)), name });
const saidBy = (name: string): Item => {
  const by = author(name);
  return { type: "message.posted", id: position(`${ids}-0`), seq: ids, by, key: KEY, text: "hello" };
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

test("[V2] the known names are those of listed members and of authors", async () => {
  const room = new GivenRoom();
  room.items = [saidBy("Ada Lovelace")];
  room.roster = rosterOf([author("Grace Hopper")], 1);
  const names = new NameStore(room);
  const knows = (name: string): boolean => names.known.value.has(name);
  expect(knows("ada lovelace") && knows("grace hopper")).toBe(true);
  await room.tell({ type: "roster", roster: rosterOf([author("Bob Martin")], 1) });
  expect(knows("bob martin") && knows("grace hopper")).toBe(true);
  await room.tell({ type: "inserted", items: [saidBy("Alan Turing")], at: 0 });
  expect(knows("alan turing")).toBe(true);
  expect(names.known.value.longest).toBe("ada lovelace".length);
});

test("[P6] a new name changes only the texts that mention it, once a task", async () => {
  const room = new GivenRoom();
  const names = new NameStore(room);
  const own = signal("Bob");
  let drawn: string[] = [];
  const draw = (text: string): void => {
    const pieces = livePieces(text, own, names.known);
    const isMine = liveIsMentioned(text, own, names.known);
    effect(() => {
      drawn.push(`${pieces.value.map((piece) => piece.text).join("|")}${isMine.value ? " !" : ""}`);
    });
  };
  for (const text of ["@Ada Lovelace", "@Bob Martin", "@Zed", "nobody"]) draw(text);
  expect(drawn).toEqual(["@Ada| Lovelace", "@Bob| Martin !", "@Zed", "nobody"]);

  drawn = [];
  const crowd = Array.from({ length: 200 }, (_, index) => author(`Guest ${index}`));
  await room.tell({ type: "roster", roster: rosterOf(crowd, 10_000) });
  expect(drawn).toEqual([]);
  void room.tell({ type: "appended", items: [saidBy("Ada")] });
  await room.tell({ type: "appended", items: [saidBy("Ada Lovelace"), saidBy("Bob Martin")] });
  expect(drawn).toEqual(["@Ada Lovelace", "@Bob Martin"]);
});
