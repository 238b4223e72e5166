/** What the user does in a room, from the command to the log. */
import type { Pending } from "../../src/client/index.ts";
import { isOrphaned } from "../../web/store/room-commands.ts";
import type { RoomStore } from "../../web/store/room-store.ts";
import { describe, expect, test } from "vitest";
import { givenPage, idOfText, posted, textsOf } from "./given-page.ts";

const unsent = (room: RoomStore): readonly Pending[] => room.timeline.value.unsent;
const onlyUnsent = (room: RoomStore): Pending => {
  const [pending, ...others] = unsent(room);
  if (pending === undefined || others.length > 0) throw new Error("not one unsent command");
  return pending;
};

describe("a command", () => {
  test("[D6] [D7] posts, edits, reacts and deletes", async () => {
    const all = await givenPage();
    const { browser, room } = all;
    const id = await posted(all, "first");
    room.commands.edit(id, "edited");
    room.commands.toggleReaction(id, "🎉");
    await browser.settle();
    expect(room.find(id)).toMatchObject({ text: "edited", reactions: [{ emoji: "🎉" }] });
    room.commands.toggleReaction(id, "🎉");
    await browser.settle();
    expect(room.find(id)?.reactions).toEqual([]);
    room.commands.delete(id);
    await browser.settle();
    expect(room.find(id)).toMatchObject({ deleted: true, text: undefined });
  });

  test("[D1] has a row until the log has it: a message at once, another command only offline", async () => {
    const all = await givenPage();
    const { browser, tab, room } = all;
    const id = await posted(all, "first");
    // The commands are still on their way.
    tab.wires.last.onFrame = () => {};
    room.commands.post("second", undefined);
    room.commands.react(id, "🎉", true);
    expect(unsent(room).map(({ command }) => command.type)).toEqual(["post"]);
    await browser.goOffline();
    room.commands.edit(id, "edited");
    await browser.settle();
    expect(unsent(room).map(({ command }) => command.type)).toContain("edit");
    await browser.goOnline();
    expect(unsent(room)).toEqual([]);
    expect(textsOf(room)).toEqual(["edited", "second"]);
  });

  test("[D7] that failed stays with its reason, until it is tried again", async () => {
    const { browser, room } = await givenPage();
    browser.service.refusals.push({ code: "forbidden" });
    room.commands.post("no", undefined);
    await browser.settle();
    expect(onlyUnsent(room).state).toMatchObject({ status: "failed", code: "forbidden" });
    expect(textsOf(room)).toEqual([]);
    room.commands.retry(onlyUnsent(room));
    await browser.settle();
    expect(unsent(room)).toEqual([]);
    expect(textsOf(room)).toEqual(["no"]);
  });

  test("[D7] that failed can be discarded, and does not come back after a reload", async () => {
    const { browser, tab, room } = await givenPage();
    browser.service.refusals.push({ code: "forbidden" });
    room.commands.post("no", undefined);
    await browser.settle();
    room.commands.discard(onlyUnsent(room).key);
    expect(unsent(room)).toEqual([]);
    const again = await tab.reload();
    expect(unsent(again.room("lobby"))).toEqual([]);
    expect(textsOf(again.room("lobby"))).toEqual([]);
  });

  test("[D7] that answers a deleted message becomes a message of its own at a retry", async () => {
    const all = await givenPage();
    const { browser, room } = all;
    const id = await posted(all, "a question");
    await browser.goOffline();
    room.commands.post("an answer", id);
    browser.service.refusals.push({ code: "not_found" });
    await browser.goOnline();
    const failed = onlyUnsent(room);
    expect(isOrphaned(failed)).toBe(true);
    room.commands.retry(failed);
    await browser.settle();
    expect(textsOf(room)).toEqual(["a question", "an answer"]);
    expect(room.find(idOfText(room, "an answer"))?.replyTo).toBeUndefined();
  });

  test("[L1] that comes too fast says until when it waits, and is sent by itself", async () => {
    const { browser, room } = await givenPage();
    browser.service.refusals.push({ code: "rate_limited", retryAfterMs: 2_000 });
    room.commands.post("too fast", undefined);
    await browser.settle();
    expect(onlyUnsent(room).state).toMatchObject({ status: "delayed", code: "rate_limited" });
    await browser.advance(5_000);
    expect(textsOf(room)).toEqual(["too fast"]);
  });
});

test("[D6] the last own message is the last one that can still be edited", async () => {
  const all = await givenPage();
  const { browser, room } = all;
  expect(room.lastOwnMessage()).toBeUndefined();
  const first = await posted(all, "first");
  const second = await posted(all, "second");
  browser.service.post("lobby", "somebody else's");
  await browser.settle();
  expect(room.lastOwnMessage()?.id).toBe(second);
  room.commands.delete(second);
  await browser.settle();
  expect(room.lastOwnMessage()?.id).toBe(first);
});
