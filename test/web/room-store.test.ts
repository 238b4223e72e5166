/**
 * One room as the page shows it: commands and their results, older messages, and the reader's place in
 * the log.
 */
import { effect } from "@preact/signals";
import { describe, expect, test } from "vitest";
import { parseRoomName, timeOf, type Pending, type Position } from "../../src/client/index.ts";
import { Viewport } from "../../web/store/viewport.ts";
import { isOrphaned } from "../../web/store/room-commands.ts";
import type { RoomStore } from "../../web/store/room-store.ts";
import { position } from "../../src/domain/position.ts";
import { accepted } from "../domain/given.ts";
import { MemoryBrowser, type Tab } from "./memory-browser.ts";

const LOBBY = accepted(parseRoomName("lobby"));

interface Given {
  readonly browser: MemoryBrowser;
  readonly tab: Tab;
  readonly room: RoomStore;
}

/** Ada is in the lobby, where others have said so many things before. */
const given = async (messages = 0): Promise<Given> => {
  const browser = new MemoryBrowser();
  for (let nth = 1; nth <= messages; nth += 1) browser.service.post("lobby", `text ${nth}`);
  const tab = await browser.open();
  await tab.signIn("Ada", LOBBY);
  return { browser, tab, room: tab.room("lobby") };
};

const textsOf = ({ timeline }: RoomStore): readonly string[] =>
  timeline.value.items.flatMap((item) =>
    item.type === "message.posted" ? [timeline.value.message(item.id)?.text ?? "(deleted)"] : [],
  );

const unsent = (room: RoomStore): readonly Pending[] => room.timeline.value.unsent;
const onlyUnsent = (room: RoomStore): Pending => {
  const [pending, ...others] = unsent(room);
  if (pending === undefined || others.length > 0) throw new Error("not one unsent command");
  return pending;
};

const idOfText = ({ timeline }: RoomStore, text: string): Position => {
  const { items, message } = timeline.value;
  const item = items.find((each) => each.type === "message.posted" && message(each.id)?.text === text);
  if (item === undefined || item.type === "gap") throw new Error(`nobody said ${text}`);
  return item.id;
};

/** Ada's own message is in the log. */
const posted = async ({ browser, room }: Given, text: string): Promise<Position> => {
  room.commands.post(text, undefined);
  await browser.settle();
  return idOfText(room, text);
};

describe("a command", () => {
  test("[D6] [D7] posts, edits, reacts and deletes", async () => {
    const all = await given();
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
    const all = await given();
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
    const { browser, room } = await given();
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
    const { browser, tab, room } = await given();
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
    const all = await given();
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
    const { browser, room } = await given();
    browser.service.refusals.push({ code: "rate_limited", retryAfterMs: 2_000 });
    room.commands.post("too fast", undefined);
    await browser.settle();
    expect(onlyUnsent(room).state).toMatchObject({ status: "delayed", code: "rate_limited" });
    await browser.advance(5_000);
    expect(textsOf(room)).toEqual(["too fast"]);
  });
});

test("[D6] the last own message is the last one that can still be edited", async () => {
  const all = await given();
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

describe("the log", () => {
  test("[D2] changes once for a burst of events", async () => {
    const { browser, room } = await given();
    let changes = -1;
    const stop = effect(() => {
      void room.timeline.value;
      changes += 1;
    });
    for (let nth = 0; nth < 50; nth += 1) browser.service.post("lobby", `text ${nth}`);
    await browser.settle();
    stop();
    expect(changes).toBe(1);
    expect(textsOf(room)).toHaveLength(50);
  });

  test("[D2] offers the last few messages of others to a screen reader, and no own ones", async () => {
    const all = await given(3);
    const { browser, room } = all;
    expect(room.live.latest.value).toEqual([]);
    await posted(all, "mine");
    expect(room.live.latest.value).toEqual([]);
    for (let nth = 1; nth <= 7; nth += 1) browser.service.post("lobby", `new ${nth}`);
    await browser.settle();
    expect(room.live.latest.value.map(({ text }) => text)).toEqual(
      [3, 4, 5, 6, 7].map((nth) => `new ${nth}`),
    );
  });

  test("[P5] says that another user types, until they stop", async () => {
    const { browser, room } = await given();
    const other = await new MemoryBrowser(browser.clock, browser.service).open();
    await other.signIn("Ben", LOBBY);
    other.room("lobby").commands.typing();
    await browser.settle();
    expect(room.typists.value.map(({ name }) => name)).toEqual(["Ben"]);
    await browser.advance(10_000);
    expect(room.typists.value).toEqual([]);
  });
});

describe("older messages", () => {
  test("[R1] are loaded page by page, up to the first", async () => {
    const { browser, room } = await given(120);
    expect(textsOf(room)).toHaveLength(50);
    expect(room.older.hasOlder.value).toBe(true);
    const loading = room.older.load();
    expect(room.older.loading.value).toBe(true);
    // A page is on its way: no other one is asked for.
    expect(await room.older.load()).toBe(false);
    await browser.settle();
    expect(await loading).toBe(true);
    while (await room.older.load()) expect(room.older.loading.value).toBe(false);
    expect(textsOf(room)).toHaveLength(120);
    expect(textsOf(room)[0]).toBe("text 1");
    expect(room.older.hasOlder.value).toBe(false);
  });

  test("[R1] are loaded until a message is there, however old", async () => {
    const { browser, room } = await given(900);
    const [event] = browser.service.log("lobby");
    if (event === undefined) throw new Error("the log is empty");
    expect(await room.older.loadUntil(event.id)).toBe(true);
    expect(room.find(event.id)?.text).toBe("text 1");
  });

  test("[R1] are not loaded without end for a message that the log does not have", async () => {
    const { browser, room } = await given(120);
    const [event] = browser.service.log("lobby");
    if (event === undefined) throw new Error("the log is empty");
    browser.service.trim("lobby", 100);
    expect(await room.older.loadUntil(event.id)).toBe(false);
  });

  test("[R1] are not loaded for a position behind the first event that is held", async () => {
    const { tab, room } = await given(120);
    const [held] = room.timeline.value.items;
    if (held === undefined || held.type === "gap") throw new Error("no event");
    expect(await room.older.loadUntil(position(`${timeOf(held.id)}-99999`))).toBe(false);
    expect(tab.wires.last.of("history")).toHaveLength(0);
  });

  test("[R1] end if the log has trimmed them meanwhile", async () => {
    const { browser, room } = await given(60);
    browser.service.trim("lobby", 50);
    expect(await room.older.load()).toBe(false);
    expect(room.older.hasOlder.value).toBe(false);
  });
});

describe("a reader", () => {
  /** With the effect that a component keeps up. */
  const reading = (all: Given): { readonly viewport: Viewport; readonly stop: () => void } => {
    const viewport = new Viewport(all.room);
    const stops = [effect(() => viewport.follow()), viewport.followFocus(all.tab.device.focus)];
    return { viewport, stop: () => stops.forEach((stop) => stop()) };
  };
  const kindsOf = ({ rowWindow }: Viewport): readonly string[] =>
    rowWindow.value.rows.map(({ kind }) => kind);

  test("[D2] at the end reads new messages", async () => {
    const all = await given();
    const { browser, room } = all;
    reading(all);
    browser.service.post("lobby", "new");
    await browser.settle();
    expect(room.unread.value).toBe(0);
  });

  test("[D2] finds a line above the new messages, which stays until they look away again", async () => {
    const all = await given(2);
    const { browser, tab, room } = all;
    const { viewport } = reading(all);
    tab.lookAway();
    browser.service.post("lobby", "new");
    await browser.settle();
    expect(room.unread.value).toBe(1);
    expect(kindsOf(viewport)).toContain("newMessages");
    tab.lookAgain();
    expect(room.unread.value).toBe(0);
    expect(kindsOf(viewport)).toContain("newMessages");
    tab.lookAway();
    expect(kindsOf(viewport)).not.toContain("newMessages");
  });

  test("[D2] loses the line when they read the messages in another tab", async () => {
    const all = await given(2);
    const { browser, tab } = all;
    const second = await browser.open("/r/lobby");
    const { viewport } = reading(all);
    tab.lookAway();
    browser.service.post("lobby", "new");
    await browser.settle();
    expect(kindsOf(viewport)).toContain("newMessages");
    second.room("lobby").markRead();
    expect(kindsOf(viewport)).not.toContain("newMessages");
  });

  test("[D2] loses the line when they answer", async () => {
    const all = await given(2);
    const { browser, tab, room } = all;
    const { viewport } = reading(all);
    tab.lookAway();
    browser.service.post("lobby", "new");
    await browser.settle();
    tab.lookAgain();
    room.commands.post("an answer", undefined);
    expect(kindsOf(viewport)).not.toContain("newMessages");
  });

  test("[D2] elsewhere keeps the place, and reads no new messages", async () => {
    const all = await given(120);
    const { browser, room } = all;
    const { viewport } = reading(all);
    viewport.atEnd.value = false;
    const first = viewport.rowWindow.value.rows[0]?.key;
    for (let nth = 0; nth < 30; nth += 1) browser.service.post("lobby", `new ${nth}`);
    await browser.settle();
    expect(viewport.rowWindow.value.rows[0]?.key).toBe(first);
    expect(room.unread.value).toBe(30);
    viewport.toEnd();
    expect(room.unread.value).toBe(0);
  });

  test("[R1] moves up to the log's start, and loads pages on the way", async () => {
    const all = await given(120);
    const { browser, room } = all;
    const { viewport } = reading(all);
    viewport.atEnd.value = false;
    for (let step = 0; step < 20; step += 1) {
      viewport.up();
      await browser.settle();
    }
    expect(textsOf(room)).toHaveLength(120);
    expect(viewport.rowWindow.value.hasAbove).toBe(false);
    for (let step = 0; step < 20; step += 1) viewport.down();
    expect(viewport.rowWindow.value.hasBelow).toBe(false);
  });

  test("[R1] does not ask again and again for a page that can't be loaded", async () => {
    const all = await given(60);
    const { browser, tab } = all;
    const { viewport } = reading(all);
    viewport.widen();
    viewport.widen();
    viewport.widen();
    const wire = tab.wires.last;
    wire.onFrame = (frame) => {
      if (frame.type === "history") {
        wire.say({
          type: "error",
          ref: frame.ref,
          code: "unavailable",
          message: "no",
          retryAfterMs: undefined,
        });
      }
    };
    for (let times = 0; times < 5; times += 1) {
      viewport.fill();
      await browser.settle();
    }
    expect(wire.of("history")).toHaveLength(1);
  });

  test("[R1] can jump to a message that the client holds", async () => {
    const all = await given(120);
    const { browser, room } = all;
    const { viewport } = reading(all);
    const [event] = browser.service.log("lobby");
    if (event === undefined) throw new Error("the log is empty");
    await room.older.loadUntil(event.id);
    viewport.to(event.id);
    expect(viewport.rowWindow.value.rows.some(({ key }) => key === event.id)).toBe(true);
    expect(viewport.atEnd.value).toBe(false);
  });
});
