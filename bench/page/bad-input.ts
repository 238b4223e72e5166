/**
 * Measures how long messages that are made to freeze the page block its main thread, in Chromium. For each
 * text of HOSTILE_TEXTS it finds the longest task while the text is received, shown in full, pasted, and
 * sent, and while a room that holds nothing else is opened. Then it measures a room of 10,000 members.
 *
 * Each result has the shares of script and layout, and the ratio to an ordinary message. It is the median of
 * some runs. Each run has a browser profile of its own, since Chromium caches what it has drawn.
 *
 * Run it by hand after `npm run build`: `node bench/page/bad-input.ts [runs] [part of a name]`.
 */
import type { Page } from "playwright-core";
import { connect, type Chat } from "../../src/client/index.ts";
import { HOSTILE_TEXTS } from "../../test/e2e/support/hostile-texts.ts";
import { measureLargeRoom } from "./large-room.ts";
import { PageBench } from "./page-bench.ts";
import { described, longestTask, median, type Task } from "./tasks.ts";
import { settled } from "./settled.ts";

const RUNS = Number(process.argv[2] ?? 3);
const PART = process.argv[3] ?? "";
const ORDINARY = "An ordinary message, with **one mark** and a `word` of code.";
const BEFORE = 20;
const MANY = 50;

type Action =
  | "receive"
  | "show in full"
  | "paste"
  | "type after it"
  | "send"
  | "reply to it"
  | "open a room full of it";

/** Clicks in a task of the page's own, not in one of Playwright's. */
const press = (page: Page, selector: string): Promise<number> =>
  page.evaluate(
    (what) => window.setTimeout(() => document.querySelector<HTMLElement>(what)?.click()),
    selector,
  );

/** Puts a text into the clipboard, with the help of another page. */
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

/** Measures all actions once with one text. */
const run = async (bench: PageBench, chat: Chat, text: string): Promise<ReadonlyMap<Action, Task>> => {
  rooms += 1;
  const tasks = new Map<Action, Task>();
  const page = await bench.page();
  const room = chat.join(`trap-${rooms}`);
  const many = chat.join(`many-${rooms}`);
  const measure = async (action: Action, act: () => Promise<unknown>): Promise<void> => {
    const task = await longestTask(bench.browser, page, async () => {
      await act();
      await settled(page);
    });
    tasks.set(action, task);
  };
  const row = (id: string): Promise<void> =>
    page.locator(`.message[data-id="${id}"]`).waitFor({ state: "attached" });

  for (let n = 1; n <= BEFORE; n += 1) await room.post(`${ORDINARY} ${n}`);
  await bench.enter(page, `/r/${room.name}`);
  await page.locator(".message strong").first().waitFor();
  await settled(page);
  const { id } = await room.post("first");
  await row(id);

  let trap = id;
  await measure("receive", async () => {
    trap = (await room.post(text)).id;
    await row(trap);
  });
  if ((await page.locator(".message button[aria-expanded=false].plain").count()) > 0) {
    await measure("show in full", () => press(page, ".message button[aria-expanded=false].plain"));
    await press(page, ".message button[aria-expanded=true].plain");
  }
  await measure("reply to it", async () => row((await room.post("An answer", { replyTo: trap })).id));
  await copy(page, text);
  await measure("paste", () => page.keyboard.press("ControlOrMeta+v"));
  await measure("type after it", () => page.keyboard.press("b"));
  await page.locator("textarea").fill("");
  await page.keyboard.press("ControlOrMeta+v");
  await settled(page);
  await measure("send", async () => {
    await page.keyboard.press("Enter");
    await page.locator(".message.mine:not(.unsent)").waitFor({ state: "attached" });
  });
  await Promise.all(Array.from({ length: MANY }, () => many.post(text)));
  await page.goto("about:blank");
  await measure("open a room full of it", async () => {
    await page.goto(`${bench.instance.url}/r/${many.name}`);
    await page.locator(".message").first().waitFor({ state: "attached" });
  });
  room.leave();
  many.leave();
  await page.context().close();
  return tasks;
};

const bench = await PageBench.start();
const chat = connect({ url: bench.instance.webSocketUrl, name: "Bench" });
const ordinary = new Map<Action, number>();
try {
  const texts = Object.entries(HOSTILE_TEXTS).filter(([name]) => name.includes(PART));
  for (const [name, text] of [["an ordinary message", ORDINARY] as const, ...texts]) {
    const runs: ReadonlyMap<Action, Task>[] = [];
    for (let n = 0; n < RUNS; n += 1) runs.push(await run(bench, chat, text));
    const actions = new Set(runs.flatMap((each) => [...each.keys()]));
    console.log(name);
    for (const action of actions) {
      const task = median(runs.flatMap((each) => each.get(action) ?? []));
      if (task === undefined) continue;
      if (text === ORDINARY) ordinary.set(action, task.ms);
      // An ordinary message is never folded, so showing a long one in full is compared with receiving an
      // ordinary one.
      const usual = ordinary.get(action) ?? ordinary.get("receive") ?? Number.NaN;
      console.log(`  ${action}: ${described(task)}; ${(task.ms / usual).toFixed(1)} times an ordinary one`);
    }
  }
} finally {
  chat.close();
  await bench.end();
}
if ("a room of 10,000".includes(PART)) await measureLargeRoom(RUNS);
