/** What the connection's line has said to a person since one began to watch it. */
import type { Person } from "./person.ts";

declare global {
  var linesSeen: Set<string>;
}

/** Writes down each thing that it says from now on. */
export const watchLine = (person: Person): Promise<void> =>
  person.page.evaluate(() => {
    const look = (): void => {
      globalThis.linesSeen.add(
        document.querySelector(".connection-status [role=status]")?.textContent ?? "gone",
      );
    };
    globalThis.linesSeen = new Set();
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });

export const linesSeen = (person: Person): Promise<readonly string[]> =>
  person.page.evaluate(() => [...globalThis.linesSeen]);
