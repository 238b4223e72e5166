/** Characters that need a font lookup are shown a few at a time. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { HOSTILE_TEXTS } from "../e2e/support/hostile-texts.ts";

const text = HOSTILE_TEXTS["a letter of each script"];
let drawn: (() => void)[] = [];

/** Draws a frame, and runs what waits for it. */
const draw = (): void => {
  for (const each of drawn.splice(0)) each();
  vi.runAllTimers();
};

beforeEach(() => {
  vi.resetModules();
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  drawn = [];
  vi.stubGlobal("requestAnimationFrame", (each: () => void) => drawn.push(each));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("[V3] a text in every script is shown over several frames, and later at once", async () => {
  const { frames } = await import("../../web/frame-budget.ts");
  const { showablePrefix } = await import("../../web/text/uncommon-characters.ts");
  let shown = showablePrefix(text).length;
  expect(shown).toBeLessThan(600);
  let turns = 0;
  for (; shown < text.length; turns += 1) {
    const before = frames.value;
    expect(showablePrefix(text).length).toBe(shown);
    draw();
    expect(frames.value).toBe(before + 1);
    expect(showablePrefix(text).length).toBeGreaterThan(shown);
    shown = showablePrefix(text).length;
  }
  expect(turns).toBeLessThan(80);
  expect(showablePrefix(text.slice(2000)) === text.slice(2000)).toBe(true);
});

test("[V3] a copied text is whole at once, and so is a text in common scripts", async () => {
  const { showAllThisFrame } = await import("../../web/frame-budget.ts");
  const { showablePrefix } = await import("../../web/text/uncommon-characters.ts");
  for (const name of [
    "emoji",
    "families",
    "Arabic and Hebrew",
    "marks on one letter",
    "jamo without end",
  ] as const) {
    expect(showablePrefix(HOSTILE_TEXTS[name]) === HOSTILE_TEXTS[name]).toBe(true);
  }
  expect(showablePrefix(text).length).toBeLessThan(text.length);
  showAllThisFrame();
  expect(showablePrefix(text) === text).toBe(true);
});
