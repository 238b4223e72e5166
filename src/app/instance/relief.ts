/**
 * Relieves an instance whose open connections exceed its memory budget: it cuts the connections with the most
 * unsent bytes. They lose nothing, because they resume from their positions. All others are served.
 *
 * Always true: a connection with few unsent bytes is never cut.
 */
import type { OpenConnection } from "../session/open-connection.ts";
import type { MemoryBudget } from "./memory-budget.ts";

/** A connection with at most this many unsent bytes is not a slow reader. */
const FEW_BYTES = 65_536;

export const relieve = (connections: ReadonlySet<OpenConnection>, { used, max }: MemoryBudget): void => {
  let excess = used - max;
  if (excess <= 0) return;
  const slow = [...connections].filter(({ unsent }) => unsent > FEW_BYTES);
  for (const connection of slow.toSorted((one, other) => other.unsent - one.unsent)) {
    if (excess <= 0) return;
    excess -= connection.unsent;
    connection.cut();
  }
};
