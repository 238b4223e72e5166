/** The reactions to a message, each with its count, its authors, and whether the user is one of them. */
import type { Message } from "../../../src/domain/message.ts";
import { strings } from "../../strings.ts";

interface Props {
  readonly message: Message;
  readonly me: string | undefined;
  readonly onReact: (emoji: string, on: boolean) => void;
}

export const Reactions = ({ message, me, onReact }: Props) =>
  message.reactions.length === 0 ? null : (
    <div class="reactions">
      {message.reactions.map(({ emoji, by }) => {
        const others = by.filter((author) => author.id !== me);
        const own = others.length < by.length;
        const label = strings.message.reaction(
          emoji,
          own,
          others.map((author) => author.name),
        );
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
    </div>
  );
