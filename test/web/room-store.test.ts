/** One room as the page shows it: its log, live messages, typists and older messages. */
import { effect } from "@preact/signals";
import { timeOf } from "../../src/client/index.ts";
import { position } from "../../src/domain/position.ts";
import { describe, expect, test } from "vitest";
import { givenPage, LOBBY, posted, textsOf } from "./given-page.ts";
import { MemoryBrowser } from "./memory-browser.ts";

describe("the log", () => {
  test("[D2] changes once for a burst of events", async () => {
    const { browser, room } = await givenPage();
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
    const all = await givenPage(3);
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
    const { browser, room } = await givenPage();
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
    const { browser, room } = await givenPage(120);
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
    const { browser, room } = await givenPage(900);
    const [event] = browser.service.log("lobby");
    if (event === undefined) throw new Error("the log is empty");
    expect(await room.older.loadUntil(event.id)).toBe(true);
    expect(room.find(event.id)?.text).toBe("text 1");
  });

  test("[R1] are not loaded without end for a message that the log does not have", async () => {
    const { browser, room } = await givenPage(120);
    const [event] = browser.service.log("lobby");
    if (event === undefined) throw new Error("the log is empty");
    browser.service.trim("lobby", 100);
    expect(await room.older.loadUntil(event.id)).toBe(false);
  });

  test("[R1] are not loaded for a position behind the first event that is held", async () => {
    const { tab, room } = await givenPage(120);
    const [held] = room.timeline.value.items;
    if (held === undefined || held.type === "gap") throw new Error("no event");
    expect(await room.older.loadUntil(position(`${timeOf(held.id)}-99999`))).toBe(false);
    expect(tab.wires.last.of("history")).toHaveLength(0);
  });

  test("[R1] end if the log has trimmed them meanwhile", async () => {
    const { browser, room } = await givenPage(60);
    browser.service.trim("lobby", 50);
    expect(await room.older.load()).toBe(false);
    expect(room.older.hasOlder.value).toBe(false);
  });
});
