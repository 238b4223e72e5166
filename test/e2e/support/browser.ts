/**
 * The Chromium that a worker has. All test files that run in the worker share it, each test with browser
 * contexts of its own. It starts with the first use. Playwright ends it when the worker exits.
 */
import { chromium, type Browser } from "playwright-core";
import { chromiumOptions } from "../../support/chromium.ts";

let running: Promise<Browser> | undefined;

const launch = async (): Promise<Browser> => {
  const browser = await chromium.launch(chromiumOptions());
  browser.once("disconnected", () => (running = undefined));
  return browser;
};

export const sharedBrowser = (): Promise<Browser> => (running ??= launch());
