/**
 * Measures of a page's shape: whether anything overflows its container, and how much there is of it.
 */
import type { Page } from "playwright-core";

const CONTAINERS = "html, main, .room-head, .scroller, .words, .byline, .composer, .side";

/** The elements whose content is wider than they are. */
export const tooWide = (page: Page): Promise<readonly string[]> =>
  page.evaluate(
    (containers) =>
      [...document.querySelectorAll(containers)]
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
        .map(({ className, textContent }) => `${className}: ${textContent.slice(0, 40)}`),
    CONTAINERS,
  );

export interface Most {
  readonly elements: number;
  /** How deep they are nested. */
  readonly depth: number;
  /** Of the messages that are folded, and of the others. */
  readonly foldedHeight: number;
  readonly wholeHeight: number;
}

/** The maximum of each over all messages. */
export const most = (page: Page): Promise<Most> =>
  page.evaluate(() => {
    const depthOf = (element: Element): number =>
      1 + Math.max(0, ...Array.from(element.children, (child) => depthOf(child)));
    const isFolded = (message: Element): boolean => message.querySelector(".folded") !== null;
    const highest = (messages: readonly Element[]): number =>
      Math.max(0, ...messages.map(({ clientHeight }) => clientHeight));
    const all = [...document.querySelectorAll(".message")];
    return {
      elements: Math.max(...all.map((message) => message.querySelectorAll("*").length)),
      depth: Math.max(...all.map(depthOf)),
      foldedHeight: highest(all.filter(isFolded)),
      wholeHeight: highest(all.filter((message) => !isFolded(message))),
    };
  });
