/** The reader's place in a room's log, and what counts as read there. */
import { effect } from "@preact/signals";
import { Viewport } from "../../web/store/viewport.ts";
import { describe, expect, test } from "vitest";
import { givenPage, type GivenPage, textsOf } from "./given-page.ts";

describe("a reader", () => {
  /** With the effect that a component keeps up. */
  const reading = (all: GivenPage): { readonly viewport: Viewport; readonly stop: () => void } => {
    const viewport = new Viewport(all.room);
    const stops = [effect(() => viewport.follow()), viewport.followFocus(all.tab.device.focus)];
    return { viewport, stop: () => stops.forEach((stop) => stop()) };
  };
  const kindsOf = ({ rowWindow }: Viewport): readonly string[] =>
    rowWindow.value.rows.map(({ kind }) => kind);

  test("[D2] at the end reads new messages", async () => {
    const all = await givenPage();
    const { browser, room } = all;
    reading(all);
    browser.service.post("lobby", "new");
    await browser.settle();
    expect(room.unread.value).toBe(0);
  });

  test("[D2] finds a line above the new messages, which stays until they look away again", async () => {
    const all = await givenPage(2);
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
    const all = await givenPage(2);
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
    const all = await givenPage(2);
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
    const all = await givenPage(120);
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
    const all = await givenPage(120);
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
    const all = await givenPage(60);
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
    const all = await givenPage(120);
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
