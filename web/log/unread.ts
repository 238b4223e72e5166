/**
 * How many messages of others follow the read marker. A room without a marker has none: nothing was read
 * there yet.
 */
import { comparePositions, type Item, type Position } from "../../src/client/index.ts";

export const countUnread = (
  items: readonly Item[],
  readUpTo: Position | undefined,
  me: string | undefined,
): number => {
  if (readUpTo === undefined) return 0;
  let count = 0;
  for (let index = items.length - 1; index >= 0; index -= 1) {
    const item = items[index];
    if (item === undefined || item.type === "gap") continue;
    if (comparePositions(item.id, readUpTo) <= 0) break;
    if (item.type === "message.posted" && item.by.id !== me) count += 1;
  }
  return count;
};
