/**
 * Measures what a room of 50,000 messages costs the page, in Chromium: the time until a link to its first
 * message shows that message, the memory, the number of elements, and the main thread's time to scroll by a
 * screen and to receive a message.
 *
 * Run it by hand after `npm run build`: `node bench/page/room.ts [messages]`.
 */
import type { CDPSession, Page } from "playwright-core";
import { connect } from "../../src/client/index.ts";
import { PageBench } from "./page-bench.ts";

const messages = Number(process.argv[2] ?? 50_000);
const AT_ONCE = 500;
const SCREENS = 60;
const INCOMING = 20;

const bench = await PageBench.start();

/** The busy time of the main thread so far, in ms. */
const busy = async (session: CDPSession): Promise<number> => {
  const { metrics } = await session.send("Performance.getMetrics");
  return (metrics.find(({ name }) => name === "TaskDuration")?.value ?? 0) * 1000;
};

/** The longest of the page's long tasks (over 50 ms) since the last call. */
const longest = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const tasks = globalThis.longTasks.splice(0);
    return Math.max(0, ...tasks);
  });

declare global {
  var longTasks: number[];
}

try {
  const chat = connect({ url: bench.instance.webSocketUrl, name: "Bench" });
  const room = chat.join("large");
  const first = await room.post("message 1");
  for (let sent = 1; sent < messages; sent += AT_ONCE) {
    const some = Array.from({ length: Math.min(AT_ONCE, messages - sent) }, (_, n) => sent + n + 1);
    await Promise.all(
      some.map((n) => room.post(`message ${n}${n % 10 === 0 ? ", **marked** and `coded`" : ""}`)),
    );
  }

  const page = await bench.page();
  const session = await page.context().newCDPSession(page);
  await session.send("Performance.enable");
  await page.addInitScript(() => {
    globalThis.longTasks = [];
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.longTasks.push(Math.round(entry.duration));
    }).observe({ entryTypes: ["longtask"] });
  });
  await page.goto(`${bench.instance.url}/r/large#${first.id}`);
  await page.getByLabel("Your name").fill("Reader");
  const began = performance.now();
  await page.getByRole("button", { name: "Enter the room" }).click();
  await page.locator("li.jump-target").waitFor({ timeout: 60_000 });
  console.log(`a link to the first of ${messages} messages: ${Math.round(performance.now() - began)} ms`);
  console.log(`the longest task during that time: ${await longest(page)} ms`);

  await session.send("HeapProfiler.collectGarbage");
  const { usedSize } = await session.send("Runtime.getHeapUsage");
  const elements = await page.evaluate(() => document.querySelectorAll("*").length);
  const rows = await page.locator("li.row").count();
  console.log(
    `memory: ${(usedSize / 2 ** 20).toFixed(1)} MiB of JavaScript; ${rows} rows, ${elements} elements`,
  );

  await page.mouse.move(600, 400);
  for (const [name, by] of [
    ["down", 700],
    ["up", -700],
  ] as const) {
    const before = await busy(session);
    for (let n = 0; n < SCREENS; n += 1) {
      await page.mouse.wheel(0, by);
      await page.evaluate(() => new Promise(requestAnimationFrame));
    }
    const each = ((await busy(session)) - before) / SCREENS;
    console.log(
      `scroll ${name} by a screen: ${each.toFixed(1)} ms, the longest task ${await longest(page)} ms`,
    );
  }

  await page.getByRole("button", { name: /To the newest|new message/ }).click();
  await page.getByText(`message ${messages}`).first().waitFor();
  await longest(page);
  const before = await busy(session);
  for (let n = 1; n <= INCOMING; n += 1) {
    await room.post(`incoming ${n}`);
    await page.getByText(`incoming ${n}`, { exact: true }).first().waitFor();
  }
  const each = ((await busy(session)) - before) / INCOMING;
  console.log(`receive a message: ${each.toFixed(1)} ms, the longest task ${await longest(page)} ms`);
  chat.close();
} finally {
  await bench.end();
}
