/** The chat as the page shows it: the open rooms, unread counts and drafts, in one tab and in several. */
import { describe, expect, test } from "vitest";
import { givenPage, LOBBY, OTHER, say } from "./given-page.ts";
import { MemoryBrowser } from "./memory-browser.ts";

describe("the open rooms", () => {
  test("[D2] are the rooms that were opened, also after a reload", async () => {
    const { tab } = await givenPage();
    await tab.goTo(OTHER);
    expect(tab.openRooms).toEqual([LOBBY, OTHER]);
    const again = await tab.reload();
    expect(again.path).toBe("/r/other");
    expect(again.openRooms).toEqual([LOBBY, OTHER]);
  });

  test("[D2] are the same in all tabs, also once one is left", async () => {
    const { browser, tab } = await givenPage();
    const second = await browser.open("/r/lobby");
    await tab.goTo(OTHER);
    expect(second.openRooms).toEqual([LOBBY, OTHER]);
    tab.chat.leave(LOBBY);
    await browser.settle();
    expect(second.openRooms).toEqual([OTHER]);
    // The room that was shown is closed: another one is shown.
    expect(second.path).toBe("/r/other");
    expect((await second.reload()).openRooms).toEqual([OTHER]);
  });

  test("[D2] show the next room after the shown one is left, and the sign-in after the last", async () => {
    const { browser, tab } = await givenPage();
    await tab.goTo(OTHER);
    tab.chat.leave(OTHER);
    expect(tab.path).toBe("/r/lobby");
    tab.chat.leave(LOBBY);
    await browser.settle();
    expect(tab.path).toBe("/");
  });

  test("[D2] leave nothing of a left room in the cache", async () => {
    const { browser, tab } = await givenPage();
    await tab.goTo(OTHER);
    for (const name of ["lobby", "other"]) await say(browser, name, "a message");
    await browser.advance(1_000);
    expect([...browser.records.keys()]).toEqual(["lobby", "other"]);
    tab.chat.leave(LOBBY);
    await browser.advance(1_000);
    expect([...browser.records.keys()]).toEqual(["other"]);
  });

  test("[V1] ignore saved names that are no room names", async () => {
    const { browser, tab } = await givenPage();
    browser.values.set("gapless.rooms", "lobby no/room  other");
    expect((await tab.reload()).openRooms).toEqual([LOBBY, OTHER]);
  });
});

describe("unread messages", () => {
  test("[D2] count the messages of others by room, and all of them", async () => {
    const { browser, tab } = await givenPage();
    await tab.goTo(OTHER);
    for (const name of ["lobby", "other"]) await say(browser, name, "read");
    tab.room("lobby").markRead();
    tab.room("other").markRead();
    expect(tab.chat.unread.value).toBe(0);
    await say(browser, "lobby", "one", "two");
    await say(browser, "other", "three");
    tab.room("lobby").commands.post("my own", undefined);
    await browser.settle();
    expect([tab.room("lobby").unread.value, tab.room("other").unread.value]).toEqual([2, 1]);
    expect(tab.chat.unread.value).toBe(3);
    tab.room("lobby").markRead();
    expect(tab.chat.unread.value).toBe(1);
  });

  test("[D2] [R2] are counted after a reload, with those that came since", async () => {
    const { browser, tab } = await givenPage();
    await say(browser, "lobby", "read");
    tab.room("lobby").markRead();
    await say(browser, "lobby", "unread");
    tab.close();
    await say(browser, "lobby", "while away");
    const again = await browser.open("/r/lobby");
    expect(again.room("lobby").unread.value).toBe(2);
  });

  test("[D2] are none if nothing was ever read: earlier messages are history", async () => {
    const browser = new MemoryBrowser();
    for (const text of ["old", "older"]) browser.service.post("lobby", text);
    const tab = await browser.open();
    await tab.signIn("Ada", LOBBY);
    expect(tab.room("lobby").unread.value).toBe(0);
  });

  test("[D2] stay unread while nobody looks at the page", async () => {
    const { browser, tab } = await givenPage();
    await say(browser, "lobby", "first");
    tab.room("lobby").markRead();
    tab.lookAway();
    await say(browser, "lobby", "second");
    tab.room("lobby").markRead();
    expect(tab.room("lobby").unread.value).toBe(1);
    tab.lookAgain();
    tab.hide();
    tab.room("lobby").markRead();
    expect(tab.room("lobby").unread.value).toBe(1);
    tab.show();
    tab.room("lobby").markRead();
    expect(tab.room("lobby").unread.value).toBe(0);
  });

  test("[D2] are read in all tabs once they are read in one, and never become unread again", async () => {
    const { browser, tab } = await givenPage();
    const second = await browser.open("/r/lobby");
    await say(browser, "lobby", "first");
    tab.room("lobby").markRead();
    await say(browser, "lobby", "second");
    expect(second.room("lobby").unread.value).toBe(1);
    tab.room("lobby").markRead();
    expect(second.room("lobby").unread.value).toBe(0);
    // A tab that is behind does not move the marker back.
    tab.room("lobby").readMarker.advanceElsewhere("1-0");
    tab.room("lobby").readMarker.advanceElsewhere("no position");
    expect(tab.room("lobby").unread.value).toBe(0);
  });
});

describe("drafts", () => {
  test("[D2] are saved by room, over a reload, until they are sent", async () => {
    const { tab } = await givenPage();
    await tab.goTo(OTHER);
    tab.room("lobby").composer.write("to the lobby");
    tab.room("other").composer.write("to the other");
    const again = await tab.reload();
    expect(again.room("lobby").composer.text.value).toBe("to the lobby");
    expect(again.room("other").composer.text.value).toBe("to the other");
    again.room("lobby").composer.done();
    expect((await again.reload()).room("lobby").composer.text.value).toBe("");
  });

  test("[D2] are the same in all tabs", async () => {
    const { browser, tab } = await givenPage();
    const second = await browser.open("/r/lobby");
    tab.room("lobby").composer.write("half a");
    expect(second.room("lobby").composer.text.value).toBe("half a");
    second.room("lobby").composer.write("");
    expect(tab.room("lobby").composer.text.value).toBe("");
  });
});

test("[A1] a user whom the server does not know any more is told that they are a new guest", async () => {
  const { browser, tab } = await givenPage();
  expect(tab.chat.replaced.value).toBe(false);
  browser.service.revoked.add("token-1");
  tab.wires.last.cut();
  await browser.advance(5_000);
  expect(tab.chat.replaced.value).toBe(true);
  expect(tab.chat.online.value).toBe(true);
});
