/**
 * The data of confusable characters, which the browser loads when a room has a second user. Until it is
 * here, and if it can't be loaded, names are alike only if they are the same.
 */
import { signal } from "@preact/signals";
import { NO_PROTOTYPES, readPrototypes, type Prototypes } from "./skeleton.ts";

export const prototypes = signal<Prototypes>(NO_PROTOTYPES);

let asked = false;

export const askForPrototypes = async (): Promise<void> => {
  if (asked) return;
  asked = true;
  try {
    const table = await import("./prototypes-table.ts");
    prototypes.value = readPrototypes(table.STEPS, table.PROTOTYPES);
  } catch {
    // The network is away. The next new name asks again.
    asked = false;
  }
};
