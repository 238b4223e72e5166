/** The actions of the active message. */
import { useSignal } from "@preact/signals";
import { fullTimeText, timeText } from "../../time-text.ts";
import { strings } from "../../strings.ts";
import { CopyLink } from "../shared/copy-link.tsx";

const QUICK = ["👍", "❤️", "😂", "🎉", "👀", "🙏"] as const;

interface Props {
  readonly mine: boolean;
  /** The message's address. */
  readonly path: string;
  /** When the message was sent, unix ms. Undefined if its row shows the time already. */
  readonly at: number | undefined;
  readonly onReply: () => void;
  readonly onReact: (emoji: string) => void;
  /** Opens the picker for another emoji. */
  readonly onPick: () => void;
  readonly onEdit: () => void;
  readonly onDelete: () => void;
}

export const MessageActions = ({ mine, path, at, onReply, onReact, onPick, onEdit, onDelete }: Props) => {
  const choosing = useSignal(false);
  const deleting = useSignal(false);
  return (
    <div class="actions" role="group" aria-label={strings.message.actions}>
      {at !== undefined && (
        <time class="muted" dateTime={new Date(at).toISOString()} title={fullTimeText(at)}>
          {timeText(at)}
        </time>
      )}
      {choosing.value &&
        QUICK.map((emoji) => (
          <button
            key={emoji}
            type="button"
            aria-label={strings.message.reactWith(emoji)}
            onClick={() => {
              choosing.value = false;
              onReact(emoji);
            }}
          >
            {emoji}
          </button>
        ))}
      {choosing.value && (
        <button
          type="button"
          aria-label={strings.message.reactOther}
          onClick={() => {
            choosing.value = false;
            onPick();
          }}
        >
          …
        </button>
      )}
      <button type="button" aria-expanded={choosing.value} onClick={() => (choosing.value = !choosing.value)}>
        {strings.message.react}
      </button>
      <button type="button" onClick={onReply}>
        {strings.message.reply}
      </button>
      {mine && (
        <button type="button" onClick={onEdit}>
          {strings.message.edit}
        </button>
      )}
      {mine && (
        <button
          type="button"
          class={deleting.value ? "alarm" : undefined}
          onClick={() => (deleting.value ? onDelete() : (deleting.value = true))}
          onBlur={() => (deleting.value = false)}
        >
          {deleting.value ? strings.message.reallyDelete : strings.message.delete}
        </button>
      )}
      <CopyLink path={path} words={strings.message.link} label={strings.message.copyLink} />
    </div>
  );
};
