/**
 * What a page's shape is judged by: whether anything has grown out of its place, and how much there is of it.
 */
import type { Page } from "playwright-core";

const PLACES = "html, main, .room-head, .scroller, .words, .byline, .composer, .side";

/** What is wider than the place that it has. */
export const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    (places) =>
      [...document.querySelectorAll(places)]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ className, textContent }) => `${className}: ${textContent.slice(0, 40)}`),
    PLACES,
  );

export interface Most {
  readonly elements: number;
  /** How deep they stand in each other. */
  readonly depth: number;
  readonly height: number;
}

/** Of each, what the message has that has most of it. */
export const most = (page: Page): Promise<Most> =>
  page.evaluate(() => {
    const depthOf = (element: Element): number =>
      1 + Math.max(0, ...Array.from(element.children, (child) => depthOf(child)));
    const all = [...document.querySelectorAll(".message")];
    return {
      elements: Math.max(...all.map((message) => message.querySelectorAll("*").length)),
      depth: Math.max(...all.map(depthOf)),
      height: Math.max(...all.map(({ clientHeight }) => clientHeight)),
    };
  });
