/**
 * Bounds the memory of concurrent reads of the history (D8): all pages that are being read together have at
 * most `MAX_ENTRIES` entries, for any number of clients and rooms. Other reads wait for their turn.
 */
import { Effect, Layer, Semaphore } from "effect";
import { History } from "../ports/history.ts";

/** Eight full pages: some 64 MB with the longest messages, and some 2 MB with usual ones. */
const MAX_ENTRIES = 4_000;

export const boundReads = (history: History["Service"], maxEntries = MAX_ENTRIES): History["Service"] => {
  const permits = Semaphore.makeUnsafe(maxEntries);
  const bounded = (limit: number) => permits.withPermits(Math.min(maxEntries, Math.max(1, limit)));
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
