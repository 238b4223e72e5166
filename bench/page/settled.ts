/**
 * Waits until a page has rendered everything and is idle.
 */
import type { Page } from "playwright-core";

export const settled = (page: Page): Promise<void> =>
  page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const idle = (): number => requestIdleCallback(() => resolve());
        requestAnimationFrame(() => requestAnimationFrame(() => window.setTimeout(idle, 50)));
      }),
  );
