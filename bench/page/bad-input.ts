/**
 * How long the page's main thread is taken by what is said to break it, in Chromium: for each text of TRAPS the longest task while it comes in, while all of it is
 * shown, while one writes and sends it, and while a room is opened that holds nothing else; then for a room of 10,000. Each with the share of script and of
 * layout, and as a multiple of the same for an ordinary message, in the median of some runs, each in a browser profile of its own, since Chromium remembers
 * what it has once drawn. By hand, after `npm run build`: `node bench/page/bad-input.ts [runs] [part of a name]`.
 */
import type { Page } from "playwright-core";
import { connect, type Chat } from "../../src/client/index.ts";
import { TRAPS } from "../../test/e2e/support/traps.ts";
import { measureCrowd } from "./crowd.ts";
import { Readers } from "./reader.ts";
import { described, longestTask, median, type Task } from "./tasks.ts";
import { settled } from "./settled.ts";

const RUNS = Number(process.argv[2] ?? 3);
const PART = process.argv[3] ?? "";
const ORDINARY = "An ordinary message, with **one mark** and a `word` of code.";
const BEFORE = 20;
const MANY = 50;

type Deed =
  | "comes"
  | "is shown all"
  | "is pasted"
  | "is typed after"
  | "is said"
  | "is answered"
  | "fills a room";

/** In a task of its own, none of Playwright's. */
const press = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (what) => window.setTimeout(() => document.querySelector<HTMLElement>(what)?.click()),
    selector,
  );

/** Puts a text into the clipboard, by way of another page. */
const copy = async (page: Page, text: string): Promise<void> => {
  const other = await page.context().newPage();
  await other.setContent("<textarea></textarea>");
  await other.locator("textarea").fill(text);
  await other.keyboard.press("ControlOrMeta+a");
  await other.keyboard.press("ControlOrMeta+c");
  await other.close();
  await page.bringToFront();
  await page.locator("textarea").focus();
};

let rooms = 0;

/** One run of everything with one text. */
const run = async (readers: Readers, chat: Chat, text: string): Promise<ReadonlyMap<Deed, Task>> => {
  rooms += 1;
  const tasks = new Map<Deed, Task>();
  const page = await readers.page();
  const room = chat.join(`trap-${rooms}`);
  const many = chat.join(`many-${rooms}`);
  const measure = async (deed: Deed, act: () => Promise<unknown>): Promise<void> => {
    const task = await longestTask(readers.browser, page, async () => {
      await act();
      await settled(page);
    });
    tasks.set(deed, task);
  };
  const row = (id: string): Promise<void> =>
    page.locator(`.message[data-id="${id}"]`).waitFor({ state: "attached" });

  for (let n = 1; n <= BEFORE; n += 1) await room.post(`${ORDINARY} ${n}`);
  await readers.enter(page, `/r/${room.name}`);
  await page.locator(".message strong").first().waitFor();
  await settled(page);
  const { id } = await room.post("first");
  await row(id);

  let trap = id;
  await measure("comes", async () => {
    trap = (await room.post(text)).id;
    await row(trap);
  });
  if ((await page.locator(".message button[aria-expanded=false].plain").count()) > 0) {
    await measure("is shown all", () => press(page, ".message button[aria-expanded=false].plain"));
    await press(page, ".message button[aria-expanded=true].plain");
  }
  await measure("is answered", async () => row((await room.post("An answer", { replyTo: trap })).id));
  await copy(page, text);
  await measure("is pasted", () => page.keyboard.press("ControlOrMeta+v"));
  await measure("is typed after", () => page.keyboard.press("b"));
  await page.locator("textarea").fill("");
  await page.keyboard.press("ControlOrMeta+v");
  await settled(page);
  await measure("is said", async () => {
    await page.keyboard.press("Enter");
    await page.locator(".message.mine:not(.unsent)").waitFor({ state: "attached" });
  });
  await Promise.all(Array.from({ length: MANY }, () => many.post(text)));
  await page.goto("about:blank");
  await measure("fills a room", async () => {
    await page.goto(`${readers.instance.url}/r/${many.name}`);
    await page.locator(".message").first().waitFor({ state: "attached" });
  });
  room.leave();
  many.leave();
  await page.context().close();
  return tasks;
};

const readers = await Readers.start();
const chat = connect({ url: readers.instance.webSocketUrl, name: "Bench" });
const ordinary = new Map<Deed, number>();
try {
  const texts = Object.entries(TRAPS).filter(([name]) => name.includes(PART));
  for (const [name, text] of [["an ordinary message", ORDINARY] as const, ...texts]) {
    const runs: ReadonlyMap<Deed, Task>[] = [];
    for (let n = 0; n < RUNS; n += 1) runs.push(await run(readers, chat, text));
    const deeds = new Set(runs.flatMap((each) => [...each.keys()]));
    console.log(name);
    for (const deed of deeds) {
      const task = median(runs.flatMap((each) => each.get(deed) ?? []));
      if (task === undefined) continue;
      if (text === ORDINARY) ordinary.set(deed, task.ms);
      // An ordinary message is never folded; to show all of a long one is as much as that one comes.
      const usual = ordinary.get(deed) ?? ordinary.get("comes") ?? Number.NaN;
      console.log(`  ${deed}: ${described(task)}; ${(task.ms / usual).toFixed(1)} times an ordinary one`);
    }
  }
} finally {
  chat.close();
  await readers.end();
}
if ("a room of 10,000".includes(PART)) await measureCrowd(RUNS);
