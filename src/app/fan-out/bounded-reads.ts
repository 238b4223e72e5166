/**
 * The history, with a bound on what its reads hold together (D8): however many clients read pages of however many
 * rooms, the pages that are being read have at most so many entries. The other reads wait for their turn.
 */
import { Effect, Layer, Semaphore } from "effect";
import { History } from "../ports/history.ts";

/** Eight full pages. With the longest messages that is some 64 MB, and some 2 MB with usual ones. */
const MAX_ENTRIES = 4_000;

export const boundReads = (history: History["Service"], maxEntries = MAX_ENTRIES): History["Service"] => {
  const turns = Semaphore.makeUnsafe(maxEntries);
  const bounded = (limit: number) => turns.withPermits(Math.min(maxEntries, Math.max(1, limit)));
  return {
    ...history,
    after: (room, position, limit) => bounded(limit)(history.after(room, position, limit)),
    before: (room, position, limit) => bounded(limit)(history.before(room, position, limit)),
  };
};

export const layerBoundedReads = Layer.effect(
  History,
  Effect.map(History, (history) => boundReads(history)),
);
