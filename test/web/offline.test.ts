/** The page without a network, and in a browser that is full or forbids storage. */
import { CAUGHT_UP_MS } from "../../web/store/room-store.ts";
import { describe, expect, test } from "vitest";
import { givenPage, LOBBY, say, textsOf } from "./given-page.ts";
import { MemoryBrowser } from "./memory-browser.ts";

describe("offline", () => {
  test("[R2] [I1] [D2] the cached room is shown, takes messages, and goes on with the network", async () => {
    const { browser, tab } = await givenPage();
    await say(browser, "lobby", "one", "two");
    tab.close();
    await browser.goOffline();
    const again = await browser.open("/r/lobby");
    expect(textsOf(again.room("lobby"))).toEqual(["one", "two"]);
    expect(again.chat.me.value?.name).toBe("Ada");
    again.room("lobby").commands.post("written offline", undefined);
    expect(again.room("lobby").timeline.value.unsent).toHaveLength(1);
    browser.service.post("lobby", "missed");
    await browser.goOnline();
    expect(textsOf(again.room("lobby"))).toEqual(["one", "two", "missed", "written offline"]);
    expect(again.room("lobby").timeline.value.unsent).toEqual([]);
  });

  test("[I1] [D2] unsent messages outlive a reload", async () => {
    const { browser, tab } = await givenPage();
    await browser.goOffline();
    tab.room("lobby").commands.post("unsent", undefined);
    const again = await tab.reload();
    expect(again.room("lobby").timeline.value.unsent.map(({ command }) => command)).toMatchObject([
      { type: "post", text: "unsent" },
    ]);
    await browser.goOnline();
    expect(textsOf(again.room("lobby"))).toEqual(["unsent"]);
  });

  test("[R2] [D2] own messages are recognised before the server has named the user", async () => {
    const { browser, tab } = await givenPage();
    tab.room("lobby").commands.post("mine", undefined);
    await browser.settle();
    tab.close();
    await browser.goOffline();
    const again = await browser.open("/r/lobby");
    expect(again.room("lobby").lastOwnMessage()?.text).toBe("mine");
    expect(again.room("lobby").unread.value).toBe(0);
  });

  test("[R2] the connection is tried at once when the page comes into sight", async () => {
    const { browser, tab } = await givenPage();
    await browser.goOffline();
    await browser.advance(60_000);
    expect(tab.chat.online.value).toBe(false);
    browser.isOnline = true;
    tab.hide();
    await browser.settle();
    expect(tab.chat.online.value).toBe(false);
    tab.show();
    await browser.settle();
    expect(tab.chat.online.value).toBe(true);
  });

  test("[R2] the status is reconnecting, then offline, then what a resume has brought", async () => {
    const { browser, tab } = await givenPage();
    const status = (): unknown => tab.chat.connectionStatusOf(tab.room("lobby"));
    await say(browser, "lobby", "one");
    expect(status()).toEqual({ status: "live", caughtUpOn: 0 });
    browser.isOnline = false;
    tab.wires.last.cut();
    expect(status()).toEqual({ status: "reconnecting" });
    await browser.advance(2_000);
    expect(status()).toMatchObject({ status: "offline" });
    for (const text of ["two", "three"]) browser.service.post("lobby", text);
    await browser.goOnline();
    expect(status()).toEqual({ status: "live", caughtUpOn: 2 });
    await browser.advance(CAUGHT_UP_MS - 1_000);
    expect(status()).toEqual({ status: "live", caughtUpOn: 2 });
    await browser.advance(1_000);
    expect(status()).toEqual({ status: "live", caughtUpOn: 0 });
  });

  test("[R2] the status of a second resume lasts as long as that of the first", async () => {
    const { browser, tab } = await givenPage();
    const caughtUpOn = (): number => tab.room("lobby").caughtUpOn.value;
    await say(browser, "lobby", "one");
    const resume = async (): Promise<void> => {
      await browser.goOffline();
      browser.service.post("lobby", "missed");
      await browser.goOnline();
    };
    await resume();
    await browser.advance(CAUGHT_UP_MS - 1_000);
    await resume();
    await browser.advance(2_000);
    expect(caughtUpOn()).toBe(1);
    await browser.advance(CAUGHT_UP_MS);
    expect(caughtUpOn()).toBe(0);
  });
});

describe("a full storage", () => {
  const full = async () => {
    const { browser, tab } = await givenPage();
    browser.capacity = 0;
    return { browser, tab };
  };

  test("[I1] [D2] holds drafts and unsent messages until the page closes, and the page says so", async () => {
    const { browser, tab } = await full();
    expect(tab.stores.saved.isIncomplete.value).toBe(false);
    tab.room("lobby").composer.write("a draft");
    expect(tab.room("lobby").composer.text.value).toBe("a draft");
    expect(tab.stores.saved.isIncomplete.value).toBe(true);
    await browser.goOffline();
    tab.room("lobby").commands.post("unsent", undefined);
    await browser.settle();
    expect(tab.chat.stored.value).toBe(false);
    await browser.goOnline();
    expect(textsOf(tab.room("lobby"))).toEqual(["unsent"]);
  });

  test("[I1] [D2] stores them once there is room again", async () => {
    const { browser, tab } = await full();
    tab.room("lobby").composer.write("a draft");
    browser.capacity = Number.POSITIVE_INFINITY;
    tab.room("lobby").composer.write("a draft, longer");
    expect(tab.stores.saved.isIncomplete.value).toBe(false);
    expect((await tab.reload()).room("lobby").composer.text.value).toBe("a draft, longer");
  });
});

test("[D2] a browser that forbids storage runs the page until it closes", async () => {
  const browser = new MemoryBrowser();
  browser.isStorageForbidden = true;
  browser.databaseState = "refuses";
  const tab = await browser.open();
  await tab.signIn("Ada", LOBBY);
  tab.room("lobby").commands.post("a message", undefined);
  await browser.settle();
  expect(textsOf(tab.room("lobby"))).toEqual(["a message"]);
  expect(tab.stores.saved.isIncomplete.value).toBe(true);
  expect((await tab.reload()).isSignedIn).toBe(false);
});
