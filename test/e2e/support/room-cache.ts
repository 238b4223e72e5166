/** Reads the room cache in the database of a browser. */
import type { Person } from "./person.ts";

/** The cached rooms, each with its number of messages. */
export const cachedRooms = (person: Person): Promise<Readonly<Record<string, number>>> =>
  person.page.evaluate(
    () =>
      new Promise<Record<string, number>>((resolve) => {
        const opening = indexedDB.open("gapless");
        // The page makes the database, not this reader.
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
