/**
 * The reactions to a message, each with its count, its authors, and whether the user is one of them.
 *
 * At most `SHOWN` are shown at first, and `STEP` more after each click, so that a message with thousands of
 * different reactions costs no more than any other.
 */
import { useState } from "preact/hooks";
import type { Message } from "../../../src/domain/message.ts";
import { strings } from "../../strings.ts";
import { shownReactions } from "../../log/shown-reactions.ts";
import { useNameText } from "../shared/name-mark.tsx";

const SHOWN = 20;
const STEP = 100;

interface Props {
  readonly message: Message;
  readonly me: string | undefined;
  readonly onReact: (emoji: string, on: boolean) => void;
}

export const Reactions = ({ message, me, onReact }: Props) => {
  const [most, setMost] = useState(SHOWN);
  const nameText = useNameText();
  if (message.reactions.length === 0) return null;
  const { shown, hidden } = shownReactions(message.reactions, me, most);
  return (
    <div class="reactions">
      {shown.map(({ emoji, by }) => {
        const others = by.filter((author) => author.id !== me);
        const own = others.length < by.length;
        const label = strings.message.reaction(emoji, own, others.map(nameText));
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={own}
            aria-label={label}
            title={label}
            onClick={() => onReact(emoji, !own)}
          >
            {emoji} {by.length}
          </button>
        );
      })}
      {hidden > 0 && (
        <button
          key="more"
          type="button"
          aria-label={strings.message.moreReactionsLabel(hidden)}
          onClick={() => setMost(most + STEP)}
        >
          {strings.message.moreReactions(hidden)}
        </button>
      )}
    </div>
  );
};
