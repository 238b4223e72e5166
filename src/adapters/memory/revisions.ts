/**
 * The port Revisions in memory. The newest revision is the last that was announced for the first time.
 */
import { Effect } from "effect";
import type { Revision, Revisions } from "../../app/ports/revisions.ts";
import type { MemoryStore } from "./memory-store.ts";

export const revisions = (store: MemoryStore): Revisions["Service"] => ({
  announce: (name) =>
    Effect.sync(() => {
      const since = store.revisions.get(name) ?? store.options.now();
      store.revisions.set(name, since);
      return { name, since };
    }),
  newest: Effect.sync(() => {
    let newest: Revision | undefined;
    for (const [name, since] of store.revisions) {
      if (newest === undefined || since >= newest.since) newest = { name, since };
    }
    return newest;
  }),
});
