/** What a browser keeps of the rooms, as it stands in its database. */
import type { Person } from "./person.ts";

/** The rooms that the browser keeps, with how many messages of each. */
export const keptBy = (person: Person): Promise<Readonly<Record<string, number>>> =>
  person.page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve) => {
        const opening = indexedDB.open("gapless");
        // It is the page that makes it, not who looks.
        opening.addEventListener("upgradeneeded", () => opening.transaction?.abort());
        opening.addEventListener("error", () => resolve({}));
        opening.addEventListener("success", () => {
          const kept: Record<string, number> = {};
          const reading = opening.result.transaction("rooms").objectStore("rooms").openCursor();
          reading.addEventListener("success", () => {
            const cursor = reading.result;
            if (cursor === null) {
              opening.result.close();
              resolve(kept);
              return;
            }
            const events: readonly { readonly type: string }[] = cursor.value.events;
            kept[String(cursor.key)] = events.filter(({ type }) => type === "message.posted").length;
            cursor.continue();
          });
        });
      }),
  );
