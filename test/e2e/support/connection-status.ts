/** Records the texts of the connection status that a page shows. */
import type { Person } from "./person.ts";

declare global {
  var statusesSeen: Set<string>;
}

/** Records each text from now on. */
export const watchStatus = (person: Person): Promise<void> =>
  person.page.evaluate(() => {
    const look = (): void => {
      globalThis.statusesSeen.add(
        document.querySelector(".connection-status [role=status]")?.textContent ?? "gone",
      );
    };
    globalThis.statusesSeen = new Set();
    look();
    new MutationObserver(look).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
    });
  });

export const statusesSeen = (person: Person): Promise<readonly string[]> =>
  person.page.evaluate(() => [...globalThis.statusesSeen]);
