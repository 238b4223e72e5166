/**
 * Logs for the tests of the page, from steps that happen one after the other, each some minutes after the
 * previous.
 */
import type { Item } from "../../src/client/index.ts";
import type { Author, RoomEvent } from "../../src/domain/event.ts";
import { foldMessage, messageOf } from "../../src/domain/message.ts";
import { position, type Position } from "../../src/domain/position.ts";
import type { Timeline } from "../../web/log/timeline.ts";
import { KEY } from "../domain/given.ts";

export type Step =
  | {
      readonly does: "says";
      readonly by: Author;
      readonly after: number;
      readonly answers?: Position;
      /** How often the text repeats the same words; default 1. */
      readonly times?: number;
    }
  | { readonly does: "joins" | "leaves" | "reacts"; readonly by: Author; readonly after: number }
  | { readonly does: "misses" };

/** A morning, in the time zone of the test run. */
export const MORNING = new Date(2026, 10, 24, 9).getTime();

export const says = (by: Author, after = 0, answers?: Position): Step => ({
  does: "says",
  by,
  after,
  ...(answers !== undefined && { answers }),
});
export const joins = (by: Author, after = 0): Step => ({ does: "joins", by, after });
export const leaves = (by: Author, after = 0): Step => ({ does: "leaves", by, after });
export const reacts = (by: Author, after = 0): Step => ({ does: "reacts", by, after });
export const misses: Step = { does: "misses" };

export const itemsOf = (steps: readonly Step[], from = MORNING): readonly Item[] => {
  const items: Item[] = [];
  let at = from;
  let last: Position = position(`${at}-0`);
  let post: Position | undefined;
  for (const [index, step] of steps.entries()) {
    if (step.does === "misses") {
      // Two gaps are never adjacent.
      if (items.at(-1)?.type !== "gap") items.push({ type: "gap", reason: "trimmed", after: last });
      continue;
    }
    at += step.after * 60_000;
    const head = { id: position(`${at}-${index + 1}`), seq: index + 1 };
    const { by } = step;
    last = head.id;
    if (step.does === "joins") items.push({ ...head, type: "member.joined", by });
    else if (step.does === "leaves") items.push({ ...head, type: "member.left", by });
    else if (step.does === "says") {
      const replyTo = step.answers === undefined ? {} : { replyTo: step.answers };
      items.push({
        ...head,
        type: "message.posted",
        by,
        key: KEY,
        text: `words ${index} `.repeat(step.times ?? 1),
        ...replyTo,
      });
      post = head.id;
    } else if (post !== undefined)
      items.push({ ...head, type: "reaction.added", by, key: KEY, message: post, emoji: "👍" });
  }
  return items;
};

/** The timeline of a room with these items. */
export const timelineOf = (items: readonly Item[], also: Partial<Timeline> = {}): Timeline => {
  const about = new Map<Position, RoomEvent[]>();
  for (const item of items) {
    if (item.type === "gap") continue;
    const id = messageOf(item);
    if (id !== undefined) about.set(id, [...(about.get(id) ?? []), item]);
  }
  return {
    items,
    message: (id) => foldMessage(about.get(id) ?? []),
    unsent: [],
    newAfter: undefined,
    me: undefined,
    ...also,
  };
};

/** The id of the nth item, which must be an event. */
export const idOf = (items: readonly Item[], nth: number): Position => {
  const item = items[nth];
  if (item === undefined || item.type === "gap") throw new Error(`item ${nth} has no id`);
  return item.id;
};
