/**
 * The Chromium that the page is tested in: the one that CHROMIUM_PATH names, else the system's.
 */
import { existsSync } from "node:fs";
import { need, onPath } from "./program.ts";

const NAMES = ["chromium", "chromium-browser", "google-chrome"] as const;
const EMOJI_FONT = "/usr/share/fonts/truetype/noto/NotoColorEmoji.ttf";

const findChromium = (): string | undefined =>
  process.env["CHROMIUM_PATH"] ??
  NAMES.map((name) => `/usr/bin/${name}`).find((path) => existsSync(path)) ??
  NAMES.map(onPath).find((path) => path !== undefined);

/** The path of its program; installs it, with a font that has the emoji, where that can be done. */
export const chromiumPath = (): string =>
  need(
    findChromium,
    existsSync(EMOJI_FONT) ? ["chromium"] : ["chromium", "fonts-noto-color-emoji"],
    "The tests of the page need Chromium: install chromium (or Google Chrome), or name its program in CHROMIUM_PATH.",
  );
