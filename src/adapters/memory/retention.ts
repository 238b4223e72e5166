/**
 * The port Retention in memory. Deleted text is erased by the append of the deletion, so only rooms are left
 * to forget.
 */
import { Effect } from "effect";
import { EMPTY_ROOM_MS, type Retention } from "../../app/ports/retention.ts";
import type { MemoryStore } from "./memory-store.ts";

export const retention = (store: MemoryStore): Retention["Service"] => {
  const { now, roomIdleMs } = store.options;
  const isOver = (since: number, bound: number): boolean => now() - since >= bound;

  return {
    enforce: Effect.sync(() => {
      for (const [name, { saidAt, emptySince }] of store.rooms) {
        if (emptySince === undefined) continue;
        const forgotten =
          saidAt === undefined
            ? isOver(emptySince, EMPTY_ROOM_MS)
            : roomIdleMs > 0 && isOver(Math.max(saidAt, emptySince), roomIdleMs);
        if (forgotten) store.forget(name);
      }
    }),
  };
};
