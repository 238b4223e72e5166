/** Notifications: for which messages, with a sound or without, and where they lead. */
import { author } from "../client/service.ts";
import { describe, expect, test } from "vitest";
import { givenPage, OTHER, say } from "./given-page.ts";
import { type Tab } from "./memory-browser.ts";

describe("alerts", () => {
  const alertsOf = (tab: Tab): readonly string[] => tab.shown.map(({ title, body }) => `${title}: ${body}`);

  test("[D2] are raised for a mention of the user, and only while they look elsewhere", async () => {
    const { browser, tab } = await givenPage();
    await tab.stores.alerts.next();
    await say(browser, "lobby", "@Ada while you look");
    tab.lookAway();
    await say(browser, "lobby", "to nobody", "@Ada **to you**");
    expect(alertsOf(tab)).toEqual(["Other in lobby: @Ada **to you**"]);
    expect(tab.sounds).toBe(1);
  });

  test("[D2] are raised for an answer to the user's message", async () => {
    const { browser, tab } = await givenPage();
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
    const { browser, tab } = await givenPage();
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
    const { browser, tab } = await givenPage();
    await tab.goTo(OTHER);
    await tab.stores.alerts.next();
    tab.lookAway();
    await say(browser, "lobby", "@Ada over here");
    tab.shown[0]?.onClick();
    expect(tab.path).toBe("/r/lobby");
  });

  test("[R2] are not raised for messages from before the user was here", async () => {
    const { browser, tab } = await givenPage();
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
    const { tab } = await givenPage();
    tab.allowsNotifications = false;
    await tab.stores.alerts.next();
    expect(tab.stores.alerts.blocked.value).toBe(true);
    await tab.stores.alerts.next();
    await tab.stores.alerts.next();
    expect(tab.stores.alerts.level.value).toBe("off");
    expect(tab.stores.alerts.blocked.value).toBe(false);
  });
});
