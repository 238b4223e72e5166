/** Which reactions to a message are shown, in the order in which they came, and how many are left out. */
import type { Message } from "../../src/domain/message.ts";

type Reaction = Message["reactions"][number];

export interface ShownReactions {
  readonly shown: readonly Reaction[];
  readonly hidden: number;
}

/** The first `most`, and behind them as many of the reader's own, which the reader would look for. */
export const shownReactions = (
  reactions: readonly Reaction[],
  me: string | undefined,
  most: number,
): ShownReactions => {
  if (reactions.length <= most) return { shown: reactions, hidden: 0 };
  const own = reactions.slice(most).filter(({ by }) => by.some(({ id }) => id === me));
  const shown = [...reactions.slice(0, most), ...own.slice(0, most)];
  return { shown, hidden: reactions.length - shown.length };
};
