/**
 * A room with a long history: the page holds a window of its rows around the reader, and a link leads to any
 * message.
 */
import { beforeAll, describe, expect, test } from "vitest";
import { connect } from "../../src/client/index.ts";
import { eventually } from "./support/eventually.ts";
import type { Person } from "./support/person.ts";
import { PageFixture } from "./support/fixture.ts";

const MESSAGES = 1200;
const MOST_ROWS = 300;

const fixture = new PageFixture({ MESSAGES_PER_SECOND: "100000", MESSAGE_BURST: "100000" });
let first = "";

beforeAll(async () => {
  const chat = connect({ url: fixture.webSocketUrl, name: "Old hand" });
  const room = chat.join("past");
  const posted = Array.from({ length: MESSAGES }, (_, n) => room.post(`line ${n + 1}.`));
  const [oldest] = await Promise.all(posted);
  first = oldest?.id ?? "";
  chat.close();
});

const rowCount = (person: Person): Promise<number> => person.log.locator("li.row").count();

describe("a room with a long history", () => {
  test("[R1] opens at the message of a link, however old, and goes on from there", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("past");
    await ada.message(`line ${MESSAGES}.`).waitFor();
    expect(await rowCount(ada)).toBeLessThan(MOST_ROWS);

    await ada.opens(`/r/past#${first}`);
    await ada.page.reload();
    const oldest = ada.log.locator("li.message.jump-target");
    await oldest.getByText("line 1.", { exact: true }).waitFor();
    expect(await rowCount(ada)).toBeLessThan(MOST_ROWS);
    await ada.log.getByText("This is where").waitFor({ state: "attached" });

    // Scrolling down adds rows below, and the rows in view stay where they are.
    const last = async (): Promise<string | undefined> => (await ada.sees()).at(-1);
    const before = await last();
    await ada.log.locator("li.message").last().scrollIntoViewIfNeeded();
    await eventually(last).not.toBe(before);
    expect(await rowCount(ada)).toBeLessThan(MOST_ROWS);

    await ada.page.getByRole("button", { name: /To the newest/ }).click();
    await eventually(last).toBe(`line ${MESSAGES}.`);
    await eventually(() => ada.page.getByRole("button", { name: /To the newest/ }).count()).toBe(0);

    // The same message again, by the browser's back button.
    await ada.page.evaluate(() => (location.hash = ""));
    await ada.page.goBack();
    await oldest.getByText("line 1.", { exact: true }).waitFor();
    expect(ada.faults).toEqual([]);
  });

  test("[R1] fills a screen of any height, with more rows above", async () => {
    const ada = await fixture.person("Ada", { viewport: { width: 3840, height: 2160 } });
    await ada.enters("past");
    await eventually(() =>
      ada.log.evaluate(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight),
    ).toBe(true);
    expect((await ada.sees()).at(-1)).toBe(`line ${MESSAGES}.`);
    expect(await rowCount(ada)).toBeLessThan(MOST_ROWS);
  });

  test("[D2] keeps the rows in view where they are while others write", async () => {
    const ada = await fixture.person("Ada");
    const bob = await fixture.person("Bob");
    await ada.enters("past");
    await bob.enters("past");
    const read = ada.message(`line ${MESSAGES - 30}.`);
    await read.scrollIntoViewIfNeeded();
    await ada.page.getByRole("button", { name: /To the newest/ }).waitFor();
    const before = await read.boundingBox();
    for (let n = 1; n <= 5; n += 1) await bob.says(`later ${n}.`);
    await ada.page.getByRole("button", { name: "5 new messages" }).waitFor();
    expect((await read.boundingBox())?.y).toBeCloseTo(before?.y ?? 0, 0);
    await ada.page.getByRole("button", { name: "5 new messages" }).click();
    await eventually(() => ada.sees().then((texts) => texts.at(-1))).toBe("later 5.");
  });

  test("[D2] keeps the rows in view where they are when a row above is removed and comes back", async () => {
    const ada = await fixture.person("Ada");
    await fixture.tell(
      "short",
      Array.from({ length: 40 }, (_, n) => `line ${n + 1}.`),
    );
    await ada.enters("short");
    const read = ada.message("line 9.");
    await read.waitFor({ state: "attached" });
    const moved = await read.evaluate(async (element) => {
      const frame = (): Promise<number> => new Promise((drawn) => requestAnimationFrame(drawn));
      const [scroller, above] = [element.closest(".scroller"), element.parentElement?.firstElementChild];
      if (scroller === null || !(above instanceof HTMLElement)) throw new Error("not in the log");
      const grow = async (height: number): Promise<void> => {
        above.style.paddingTop = `${height}px`;
        for (let n = 0; n < 3; n += 1) await frame();
      };
      await grow(100);
      scroller.scrollTop = 50;
      for (let n = 0; n < 3; n += 1) await frame();
      const { top } = element.getBoundingClientRect();
      // The scroller can go back by at most 50 pixels.
      await grow(0);
      await grow(300);
      return element.getBoundingClientRect().top - top;
    });
    expect(Math.abs(moved)).toBeLessThan(1);
  });

  test("[D2] scrolls by the reader's distance, even if a row above grows in that moment", async () => {
    const ada = await fixture.person("Ada");
    await ada.enters("past");
    const read = ada.message(`line ${MESSAGES - 30}.`);
    await read.scrollIntoViewIfNeeded();
    await ada.page.getByRole("button", { name: /To the newest/ }).waitFor();
    for (const scrolled of [-60, 45]) {
      const moved = await read.evaluate(async (element, by) => {
        const frame = (): Promise<number> => new Promise((drawn) => requestAnimationFrame(drawn));
        const [scroller, above] = [element.closest(".scroller"), element.parentElement?.firstElementChild];
        if (scroller === null || !(above instanceof HTMLElement)) throw new Error("not in the log");
        const { top } = element.getBoundingClientRect();
        above.style.paddingBottom = `${(parseFloat(above.style.paddingBottom) || 0) + 200}px`;
        scroller.scrollTop += by;
        for (let n = 0; n < 4; n += 1) await frame();
        return element.getBoundingClientRect().top - top;
      }, scrolled);
      expect(Math.abs(moved + scrolled)).toBeLessThan(2);
    }
  });
});
