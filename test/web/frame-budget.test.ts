/** A kind of work has a budget for each frame. */
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

test("[V3] a budget is full again in the next frame, even after one piece of work took more than all of it", () => {
  const budget = new FrameBudget(10);
  expect(budget.take(4)).toBe(true);
  expect(budget.take(400)).toBe(true);
  expect(budget.take(1)).toBe(false);
  const before = frames.value;
  draw();
  expect(frames.value).toBe(before + 1);
  expect(budget.take(1)).toBe(true);
});

test("[V3] kinds of work have separate budgets, and no frame is awaited without work", () => {
  const [one, other] = [new FrameBudget(1), new FrameBudget(1)];
  expect(drawn).toHaveLength(0);
  expect(one.take(1)).toBe(true);
  expect(other.take(1)).toBe(true);
  expect(drawn).toHaveLength(1);
});

test("[V3] budgets are lifted for one frame", () => {
  const budget = new FrameBudget(1);
  budget.take(1);
  showAllThisFrame();
  expect(budget.take(1)).toBe(true);
  draw();
  expect(budget.take(1)).toBe(true);
  expect(budget.take(1)).toBe(false);
});
