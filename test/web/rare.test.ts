/** Characters that a browser has to find fonts for come a few at a time. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { TRAPS } from "../e2e/support/traps.ts";

const text = TRAPS["a letter of each script"];
let drawn: (() => void)[] = [];

/** A frame is drawn, and what waits for that is done. */
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

test("[V3] a text in every script is shown bit by bit, all of it before long, and from then on at once", async () => {
  const { frames } = await import("../../web/allotment.ts");
  const { showable } = await import("../../web/text/rare.ts");
  let shown = showable(text).length;
  expect(shown).toBeLessThan(600);
  let turns = 0;
  for (; shown < text.length; turns += 1) {
    const before = frames.value;
    expect(showable(text).length).toBe(shown);
    draw();
    expect(frames.value).toBe(before + 1);
    expect(showable(text).length).toBeGreaterThan(shown);
    shown = showable(text).length;
  }
  expect(turns).toBeLessThan(80);
  expect(showable(text.slice(2000)) === text.slice(2000)).toBe(true);
});

test("[V3] what is copied is all there at once, and so is what many write", async () => {
  const { showWhole } = await import("../../web/allotment.ts");
  const { showable } = await import("../../web/text/rare.ts");
  for (const name of [
    "emoji",
    "families",
    "Arabic and Hebrew",
    "marks on one letter",
    "jamo without end",
  ] as const) {
    expect(showable(TRAPS[name]) === TRAPS[name]).toBe(true);
  }
  expect(showable(text).length).toBeLessThan(text.length);
  showWhole();
  expect(showable(text) === text).toBe(true);
});
