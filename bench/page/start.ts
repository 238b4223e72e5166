/**
 * Measures how fast the page starts, in Chromium with a CPU four times slower. All times are from the last
 * byte of the HTML on:
 * - signed out: until a name can be typed;
 * - signed in, on a first and on a later visit: until a message can be typed, until the last messages are
 *   shown, and until the page is live and the messages are formatted.
 *
 * A step is reached when the frame after it has been painted and the main thread is free again. The network
 * is the loopback interface.
 *
 * Run it by hand after `npm run build`: `node bench/page/start.ts [times]`.
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
const CACHED_WITHIN_MS = 1_500;

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

/**
 * Runs in the page before its scripts. Records when each step is reached, in ms since the start of the
 * navigation.
 */
const recordSteps = (): void => {
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

/**
 * Opens the page and waits for the last step. The times of the steps are from the last byte of the HTML on.
 */
const open = async (context: BrowserContext, last: Step): Promise<Steps> => {
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate: SLOWER });
  await page.addInitScript(recordSteps);
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
  // After this time the room is cached for the next visit.
  await page.waitForTimeout(CACHED_WITHIN_MS);
  await page.close();
  return steps;
};

const print = (label: string, all: readonly (number | undefined)[]): void => {
  const sorted = all.flatMap((ms) => ms ?? []).toSorted((a, b) => a - b);
  const at = (share: number): number => Math.round(sorted[Math.floor((sorted.length - 1) * share)] ?? 0);
  console.log(`${label}: ${at(0.5)} ms (${at(0)} to ${at(1)}, ${sorted.length} times)`);
};

try {
  const chat = connect({ url: instance.webSocketUrl, name: "Bench" });
  const room = chat.join("start");
  for (let n = 1; n <= MESSAGES; n += 1) await room.post(`message ${n}, **marked** and \`coded\``);
  chat.close();

  const signedOutVisits: Steps[] = [];
  const firstVisits: Steps[] = [];
  const laterVisits: Steps[] = [];
  for (let n = 0; n < times; n += 1) {
    const signedOut = await browser.newContext();
    signedOutVisits.push(await open(signedOut, "signIn"));
    await signedOut.close();

    const signedIn = { origin: instance.url, localStorage: [{ name: "gapless.name", value: "Reader" }] };
    const reader = await browser.newContext({ storageState: { cookies: [], origins: [signedIn] } });
    firstVisits.push(await open(reader, "live"));
    laterVisits.push(await open(reader, "live"));
    await reader.close();
  }
  const reports: readonly (readonly [label: string, steps: readonly Steps[], step: Step])[] = [
    ["signed out: sign-in form", signedOutVisits, "signIn"],
    ["first visit: composer", firstVisits, "composer"],
    ["first visit: last messages", firstVisits, "rows"],
    ["first visit: live and formatted", firstVisits, "live"],
    ["later visit: composer", laterVisits, "composer"],
    ["later visit: last messages", laterVisits, "rows"],
    ["later visit: live and formatted", laterVisits, "live"],
  ];
  for (const [label, all, step] of reports) {
    print(
      label,
      all.map((steps) => steps[step]),
    );
  }
} finally {
  await browser.close();
  await instance.kill();
  await rm(folder, { recursive: true, force: true });
}
