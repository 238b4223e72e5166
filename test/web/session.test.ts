/** Signing in and out, in one tab and in several. */
import { describe, expect, test } from "vitest";
import { givenPage, LOBBY, OTHER } from "./given-page.ts";

describe("a user who is signed in", () => {
  test("[A1] is so again after a reload, as the same user", async () => {
    const { tab } = await givenPage();
    const id = tab.chat.me.value?.id;
    const again = await tab.reload();
    expect(again.stores.session.ownName.value).toBe("Ada");
    expect(again.chat.me.value?.id).toBe(id);
  });

  test("[V1] is at the sign-in where the address names no room, with the name that was saved", async () => {
    const { browser } = await givenPage();
    for (const path of ["/", "/r/", "/r/a%20room", "/r/%E0%A4%A", "/elsewhere"]) {
      const tab = await browser.open(path);
      expect(tab.isSignedIn).toBe(false);
      expect(tab.stores.session.savedName).toBe("Ada");
    }
  });

  test("[V1] comes to the room in the address, and back", async () => {
    const { tab } = await givenPage();
    await tab.goTo(OTHER);
    // The same room again is no step in the history.
    await tab.goTo(OTHER);
    await tab.back();
    expect(tab.stores.route.room.value).toBe(LOBBY);
    await tab.goTo(LOBBY);
    expect(tab.path).toBe("/r/lobby");
  });
});

describe("a sign-out", () => {
  test("[D2] leaves nothing of the user on the device, except the theme", async () => {
    const { browser, tab } = await givenPage();
    browser.service.post("lobby", "a message");
    tab.room("lobby").composer.write("a draft");
    tab.stores.theme.next();
    await browser.advance(1_000);
    expect(browser.records.size).toBe(1);
    tab.stores.session.signOut();
    await browser.advance(1_000);
    expect([...browser.values]).toEqual([["gapless.theme", "light"]]);
    expect(browser.records.size).toBe(0);
    expect(tab.path).toBe("/");
    expect(tab.stores.session.ownName.value).toBe("");
  });

  test("[A1] in one tab signs out the others, which say and save nothing more", async () => {
    const { browser, tab } = await givenPage();
    const second = await browser.open("/r/lobby");
    await browser.goOffline();
    second.room("lobby").commands.post("never sent", undefined);
    const { chat } = second;
    browser.service.post("lobby", "unseen");
    tab.stores.session.signOut();
    expect(second.isSignedIn).toBe(false);
    expect(second.path).toBe("/");
    await browser.goOnline();
    await browser.advance(60_000);
    expect(chat.online.value).toBe(false);
    expect(browser.service.log("lobby").filter(({ type }) => type === "message.posted")).toHaveLength(1);
    expect(browser.values.size).toBe(0);
    expect(browser.records.size).toBe(0);
  });

  test("[A1] in a tab that waits to write a room writes nothing", async () => {
    const { browser, tab } = await givenPage();
    const second = await browser.open("/r/lobby");
    browser.service.post("lobby", "just now");
    await browser.settle();
    tab.stores.session.signOut();
    second.hide();
    await browser.advance(10_000);
    expect(browser.records.size).toBe(0);
  });

  test("[A1] in another tab leaves no room of the old user, even if somebody signs in at once", async () => {
    const { browser, tab } = await givenPage();
    const second = await browser.open("/r/lobby");
    browser.service.post("lobby", "just now");
    await browser.settle();
    tab.stores.session.signOut();
    await tab.signIn("Ben", OTHER);
    await browser.advance(10_000);
    expect(second.isSignedIn).toBe(false);
    expect([...browser.records.keys()]).not.toContain("lobby");
  });

  test("[A1] is not followed by a tab where somebody else signs in after it", async () => {
    const { browser, tab } = await givenPage();
    tab.stores.session.signOut();
    await tab.signIn("Ben", LOBBY);
    const second = await browser.open("/r/lobby");
    expect(second.stores.session.ownName.value).toBe("Ben");
    expect(second.isSignedIn && tab.isSignedIn).toBe(true);
  });
});

test("[A1] a sign-in in one tab leaves the user of another tab as they are", async () => {
  const { browser, tab } = await givenPage();
  const second = await browser.open("/r/lobby");
  await tab.signIn("Ben", LOBBY);
  expect(second.stores.session.ownName.value).toBe("Ada");
});

describe("the theme", () => {
  test("goes from the system's to light to dark, and is there after a reload", async () => {
    const { tab } = await givenPage();
    const { theme } = tab.stores;
    expect(theme.theme.value).toBe("system");
    theme.next();
    theme.next();
    expect((await tab.reload()).stores.theme.theme.value).toBe("dark");
    theme.next();
    expect(theme.theme.value).toBe("system");
  });
});
