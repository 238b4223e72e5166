/** No more than so much of one kind of work is done in a frame. */
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { FrameBudget, frames, showAllThisFrame } from "../../web/frame-budget.ts";

let drawn: (() => void)[] = [];

const draw = (): void => {
  for (const each of drawn.splice(0)) each();
  vi.runAllTimers();
};

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  drawn = [];
  vi.stubGlobal("requestAnimationFrame", (each: () => void) => drawn.push(each));
});
afterEach(() => {
  draw();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("[V3] what is used up in a frame is there again in the next, also where one piece took more than all", () => {
  const budget = new FrameBudget(10);
  expect(budget.take(4)).toBe(true);
  expect(budget.take(400)).toBe(true);
  expect(budget.take(1)).toBe(false);
  const before = frames.value;
  draw();
  expect(frames.value).toBe(before + 1);
  expect(budget.take(1)).toBe(true);
});

test("[V3] one kind of work takes nothing from another, and no frame is awaited for none", () => {
  const [one, other] = [new FrameBudget(1), new FrameBudget(1)];
  expect(drawn).toHaveLength(0);
  expect(one.take(1)).toBe(true);
  expect(other.take(1)).toBe(true);
  expect(drawn).toHaveLength(1);
});

test("[V3] what is shown whole is bound by none, for one frame", () => {
  const budget = new FrameBudget(1);
  budget.take(1);
  showAllThisFrame();
  expect(budget.take(1)).toBe(true);
  draw();
  expect(budget.take(1)).toBe(true);
  expect(budget.take(1)).toBe(false);
});
