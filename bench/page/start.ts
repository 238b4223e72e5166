/**
 * How soon the page is there, in Chromium with a CPU four times slower: from the last byte of the HTML until one can type one's name, and, for who is signed in, until one can
 * write in the room, its last messages are there, and it is live and they are formatted; on a first visit and on a later one. By hand, after `npm run build`: `node bench/page/start.ts [times]`.
 *
 * A step is reached when the next frame has been painted after it and the main thread is free again. The network is this machine's own.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium, type BrowserContext } from "playwright-core";
import { connect } from "../../src/client/index.ts";
import { chromiumPath } from "../../test/support/chromium.ts";
import { Instance } from "../../test/support/instance.ts";

const times = Number(process.argv[2] ?? 9);
const SLOWER = 4;
const MESSAGES = 60;
const KEPT_BY_MS = 1_500;

interface Steps {
  readonly signIn?: number;
  readonly composer?: number;
  readonly rows?: number;
  readonly live?: number;
}
type Step = keyof Steps;

declare global {
  var reached: Partial<Record<Step, number>>;
}

/** Runs in the page, before it: writes down when each step is reached, in ms since the navigation began. */
const watch = (): void => {
  globalThis.reached = {};
  const begun = new Set<Step>();
  const look = (): void => {
    const steps = {
      signIn: document.querySelector("form input") !== null && document.querySelector("textarea") === null,
      composer: document.querySelector("textarea:enabled") !== null,
      rows: document.querySelector("li.message") !== null,
      live:
        document.querySelector(".connection-status.live") !== null &&
        document.querySelectorAll("li.message strong").length > 0,
    };
    for (const step of ["signIn", "composer", "rows", "live"] as const) {
      if (!steps[step] || begun.has(step)) continue;
      begun.add(step);
      requestAnimationFrame(() => setTimeout(() => (globalThis.reached[step] = performance.now())));
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, attributes: true });
};

const folder = await mkdtemp(join(tmpdir(), "gapless-start-"));
const instance = await Instance.start({
  DATA_DIR: folder,
  MESSAGES_PER_SECOND: "1000",
  MESSAGE_BURST: "1000",
});
const browser = await chromium.launch({
  executablePath: chromiumPath(),
  args: ["--no-sandbox", "--disable-gpu"],
});
const address = `${instance.url}/r/start`;

/** Opens the page in a browser as it is, until the last step is reached; the steps' times are from the last byte of the HTML on. */
const open = async (context: BrowserContext, last: Step): Promise<Steps> => {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(watch);
  await page.goto(address);
  await page.waitForFunction((step) => globalThis.reached[step] !== undefined, last);
  const steps = await page.evaluate(() => {
    const [navigation] = performance.getEntriesByType("navigation");
    const from = navigation instanceof PerformanceNavigationTiming ? navigation.responseEnd : 0;
    const { signIn, composer, rows, live } = globalThis.reached;
    return {
      ...(signIn !== undefined && { signIn: signIn - from }),
      ...(composer !== undefined && { composer: composer - from }),
      ...(rows !== undefined && { rows: rows - from }),
      ...(live !== undefined && { live: live - from }),
    };
  });
  await session.send("Emulation.setCPUThrottlingRate", { rate: 1 });
  await page.evaluate(async () => void (await navigator.serviceWorker.ready));
  // By then the room is kept for the next visit.
  await page.waitForTimeout(KEPT_BY_MS);
  await page.close();
  return steps;
};

const told = (what: string, all: readonly (number | undefined)[]): void => {
  const sorted = all.flatMap((ms) => ms ?? []).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  console.log(`${what}: ${at(0.5)} ms (${at(0)} to ${at(1)}, ${sorted.length} times)`);
};

try {
  const chat = connect({ url: instance.webSocketUrl, name: "Bench" });
  const room = chat.join("start");
  for (let n = 1; n <= MESSAGES; n += 1) await room.post(`message ${n}, **marked** and \`coded\``);
  chat.close();

  const strangers: Steps[] = [];
  const newcomers: Steps[] = [];
  const regulars: Steps[] = [];
  for (let n = 0; n < times; n += 1) {
    const stranger = await browser.newContext();
    strangers.push(await open(stranger, "signIn"));
    await stranger.close();

    const signedIn = { origin: instance.url, localStorage: [{ name: "gapless.name", value: "Reader" }] };
    const reader = await browser.newContext({ storageState: { cookies: [], origins: [signedIn] } });
    newcomers.push(await open(reader, "live"));
    regulars.push(await open(reader, "live"));
    await reader.close();
  }
  const reports: readonly (readonly [what: string, steps: readonly Steps[], step: Step])[] = [
    ["the sign-in, first visit", strangers, "signIn"],
    ["nothing of the page in the browser: the box to write in", newcomers, "composer"],
    ["the last messages", newcomers, "rows"],
    ["live, and formatted", newcomers, "live"],
    ["a later visit: the box to write in", regulars, "composer"],
    ["the last messages", regulars, "rows"],
    ["live, and formatted", regulars, "live"],
  ];
  for (const [what, all, step] of reports) {
    told(
      what,
      all.map((steps) => steps[step]),
    );
  }
} finally {
  await browser.close();
  await instance.kill();
  await rm(folder, { recursive: true, force: true });
}
