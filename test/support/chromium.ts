/**
 * The Chromium that the tests and benchmarks of the page run in: the program that CHROMIUM_PATH names, else
 * the system's.
 *
 * The headless shell comes first: it renders and runs a page as Chromium does, and costs less than half of
 * the CPU time, since it has no windows. Each context of a full Chromium opens a window, which is a page of
 * its own.
 */
import { existsSync } from "node:fs";
import type { LaunchOptions } from "playwright-core";
import { need, onPath } from "./program.ts";

const NAMES = ["chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"] as const;
const EMOJI_FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";

const findChromium = (): string | undefined =>
  process.env["CHROMIUM_PATH"] ??
  NAMES.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path)) ??
  NAMES.map(onPath).find((path) => path !== undefined);

const fonts = (): readonly string[] => (existsSync(EMOJI_FONT) ? [] : ["fonts-noto-color-emoji"]);

/** The path of the program. If it is missing, installs it where possible, with a font that has emoji. */
export const chromiumPath = (): string =>
  need(
    findChromium,
    // Not every release of Debian has the headless shell.
    [
      ["chromium-headless-shell", ...fonts()],
      ["chromium", ...fonts()],
    ],
    "The tests of the page need Chromium: install chromium (or Google Chrome), or name its program in CHROMIUM_PATH.",
  );

/**
 * A full Chromium renders its address bar's popups as two pages for each context, which takes as much CPU
 * time as the tests. Chromium reads only the last list of disabled features, so this one repeats what matters
 * of Playwright's.
 */
const DISABLED_FEATURES = [
  "WebUIOmniboxAimPopup",
  "WebUIOmniboxPopup",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "MediaRouter",
  "OptimizationHints",
  "PaintHolding",
  "ThirdPartyStoragePartitioning",
] as const;

/** The options of its start. */
export const chromiumOptions = (): LaunchOptions => ({
  executablePath: chromiumPath(),
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    `--disable-features=${DISABLED_FEATURES.join(",")}`,
  ],
});
