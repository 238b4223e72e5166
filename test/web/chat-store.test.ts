/** The chat as the page shows it, on a browser and a service in memory. */
import { describe, expect, test } from "vitest";
import { parseRoomName, type RoomName } from "../../src/client/index.ts";
import { CAUGHT_UP_MS } from "../../web/store/room-store.ts";
import { author } from "../client/service.ts";
import { accepted } from "../domain/given.ts";
import { MemoryBrowser, type Tab } from "./memory-browser.ts";

const room = (name: string): RoomName => accepted(parseRoomName(name));
const LOBBY = room("lobby");
const OTHER = room("other");

/** Ada is signed in, in the lobby. */
const given = async (): Promise<{ readonly browser: MemoryBrowser; readonly tab: Tab }> => {
  const browser = new MemoryBrowser();
  const tab = await browser.open();
  await tab.signIn("Ada", LOBBY);
  return { browser, tab };
};

/** Messages of others arrive. */
const say = async (browser: MemoryBrowser, name: string, ...texts: readonly string[]): Promise<void> => {
  for (const text of texts) browser.service.post(name, text);
  await browser.settle();
};

const textsIn = (tab: Tab, name: string): readonly string[] => {
  const { items, message } = tab.room(name).timeline.value;
  return items.flatMap((item) => (item.type === "message.posted" ? [message(item.id)?.text ?? ""] : []));
};

describe("the open rooms", () => {
  test("[D2] are the rooms that were opened, also after a reload", async () => {
    const { tab } = await given();
    await tab.goTo(OTHER);
    expect(tab.openRooms).toEqual([LOBBY, OTHER]);
    const again = await tab.reload();
    expect(again.path).toBe("/r/other");
    expect(again.openRooms).toEqual([LOBBY, OTHER]);
  });

  test("[D2] are the same in all tabs, also once one is left", async () => {
    const { browser, tab } = await given();
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
    const { browser, tab } = await given();
    await tab.goTo(OTHER);
    tab.chat.leave(OTHER);
    expect(tab.path).toBe("/r/lobby");
    tab.chat.leave(LOBBY);
    await browser.settle();
    expect(tab.path).toBe("/");
  });

  test("[D2] leave nothing of a left room in the cache", async () => {
    const { browser, tab } = await given();
    await tab.goTo(OTHER);
    for (const name of ["lobby", "other"]) await say(browser, name, "a message");
    await browser.advance(1_000);
    expect([...browser.records.keys()]).toEqual(["lobby", "other"]);
    tab.chat.leave(LOBBY);
    await browser.advance(1_000);
    expect([...browser.records.keys()]).toEqual(["other"]);
  });

  test("[V1] ignore saved names that are no room names", async () => {
    const { browser, tab } = await given();
    browser.values.set("gapless.rooms", "lobby no/room  other");
    expect((await tab.reload()).openRooms).toEqual([LOBBY, OTHER]);
  });
});

describe("unread messages", () => {
  test("[D2] count the messages of others by room, and all of them", async () => {
    const { browser, tab } = await given();
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
    const { browser, tab } = await given();
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
    const { browser, tab } = await given();
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
    const { browser, tab } = await given();
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
    const { tab } = await given();
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
    const { browser, tab } = await given();
    const second = await browser.open("/r/lobby");
    tab.room("lobby").composer.write("half a");
    expect(second.room("lobby").composer.text.value).toBe("half a");
    second.room("lobby").composer.write("");
    expect(tab.room("lobby").composer.text.value).toBe("");
  });
});

describe("offline", () => {
  test("[R2] [I1] [D2] the cached room is shown, takes messages, and goes on with the network", async () => {
    const { browser, tab } = await given();
    await say(browser, "lobby", "one", "two");
    tab.close();
    await browser.goOffline();
    const again = await browser.open("/r/lobby");
    expect(textsIn(again, "lobby")).toEqual(["one", "two"]);
    expect(again.chat.me.value?.name).toBe("Ada");
    again.room("lobby").commands.post("written offline", undefined);
    expect(again.room("lobby").timeline.value.unsent).toHaveLength(1);
    browser.service.post("lobby", "missed");
    await browser.goOnline();
    expect(textsIn(again, "lobby")).toEqual(["one", "two", "missed", "written offline"]);
    expect(again.room("lobby").timeline.value.unsent).toEqual([]);
  });

  test("[I1] [D2] unsent messages outlive a reload", async () => {
    const { browser, tab } = await given();
    await browser.goOffline();
    tab.room("lobby").commands.post("unsent", undefined);
    const again = await tab.reload();
    expect(again.room("lobby").timeline.value.unsent.map(({ command }) => command)).toMatchObject([
      { type: "post", text: "unsent" },
    ]);
    await browser.goOnline();
    expect(textsIn(again, "lobby")).toEqual(["unsent"]);
  });

  test("[R2] [D2] own messages are recognised before the server has named the user", async () => {
    const { browser, tab } = await given();
    tab.room("lobby").commands.post("mine", undefined);
    await browser.settle();
    tab.close();
    await browser.goOffline();
    const again = await browser.open("/r/lobby");
    expect(again.room("lobby").lastOwnMessage()?.text).toBe("mine");
    expect(again.room("lobby").unread.value).toBe(0);
  });

  test("[R2] the connection is tried at once when the page comes into sight", async () => {
    const { browser, tab } = await given();
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
    const { browser, tab } = await given();
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
    const { browser, tab } = await given();
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

test("[A1] a user whom the server does not know any more is told that they are a new guest", async () => {
  const { browser, tab } = await given();
  expect(tab.chat.replaced.value).toBe(false);
  browser.service.revoked.add("token-1");
  tab.wires.last.cut();
  await browser.advance(5_000);
  expect(tab.chat.replaced.value).toBe(true);
  expect(tab.chat.online.value).toBe(true);
});

describe("a full storage", () => {
  const full = async () => {
    const { browser, tab } = await given();
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
    expect(textsIn(tab, "lobby")).toEqual(["unsent"]);
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
  expect(textsIn(tab, "lobby")).toEqual(["a message"]);
  expect(tab.stores.saved.isIncomplete.value).toBe(true);
  expect((await tab.reload()).isSignedIn).toBe(false);
});

describe("alerts", () => {
  const alertsOf = (tab: Tab): readonly string[] => tab.shown.map(({ title, body }) => `${title}: ${body}`);

  test("[D2] are raised for a mention of the user, and only while they look elsewhere", async () => {
    const { browser, tab } = await given();
    await tab.stores.alerts.next();
    await say(browser, "lobby", "@Ada while you look");
    tab.lookAway();
    await say(browser, "lobby", "to nobody", "@Ada **to you**");
    expect(alertsOf(tab)).toEqual(["Other in lobby: @Ada **to you**"]);
    expect(tab.sounds).toBe(1);
  });

  test("[D2] are raised for an answer to the user's message", async () => {
    const { browser, tab } = await given();
    await tab.stores.alerts.next();
    tab.room("lobby").commands.post("a question", undefined);
    await browser.settle();
    tab.lookAway();
    const question = tab.room("lobby").lastOwnMessage();
    if (question === undefined) throw new Error("nothing was posted");
    const { service } = browser;
    const answer = service.post("lobby", "unrelated");
    if (answer.type !== "message.posted") throw new Error("not a post");
    service.append("lobby", {
      type: "message.posted",
      by: author("other", "Other"),
      key: answer.key,
      text: "an answer",
      replyTo: question.id,
    });
    await browser.settle();
    expect(alertsOf(tab)).toEqual(["Other in lobby: an answer"]);
  });

  test("[D2] are raised for all messages if the user wants that, and silent if the sound is off", async () => {
    const { browser, tab } = await given();
    await tab.stores.alerts.next();
    await tab.stores.alerts.next();
    tab.stores.alerts.toggleSound();
    tab.hide();
    await say(browser, "lobby", "to all");
    expect(alertsOf(tab)).toEqual(["Other in lobby: to all"]);
    expect(tab.sounds).toBe(0);
    const again = await tab.reload();
    expect(again.stores.alerts.level.value).toBe("all");
    expect(again.stores.alerts.sound.value).toBe(false);
  });

  test("[D2] lead to their room when they are clicked", async () => {
    const { browser, tab } = await given();
    await tab.goTo(OTHER);
    await tab.stores.alerts.next();
    tab.lookAway();
    await say(browser, "lobby", "@Ada over here");
    tab.shown[0]?.onClick();
    expect(tab.path).toBe("/r/lobby");
  });

  test("[R2] are not raised for messages from before the user was here", async () => {
    const { browser, tab } = await given();
    await tab.stores.alerts.next();
    await say(browser, "lobby", "cached");
    tab.close();
    await say(browser, "lobby", "@Ada while away");
    const again = await browser.open("/r/lobby");
    expect(again.shown).toEqual([]);
    expect(again.room("lobby").live.latest.value).toEqual([]);
    again.lookAway();
    await say(browser, "lobby", "@Ada now");
    expect(alertsOf(again)).toEqual(["Other in lobby: @Ada now"]);
  });

  test("[D2] are reported as blocked if the browser refuses them", async () => {
    const { tab } = await given();
    tab.allowsNotifications = false;
    await tab.stores.alerts.next();
    expect(tab.stores.alerts.blocked.value).toBe(true);
    await tab.stores.alerts.next();
    await tab.stores.alerts.next();
    expect(tab.stores.alerts.level.value).toBe("off");
    expect(tab.stores.alerts.blocked.value).toBe(false);
  });
});
