/**
 * The emoji picker, with a search. Arrow keys move through the emoji, Enter picks the first match, Esc and a
 * press elsewhere close it.
 */
import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { loadEmoji, emojiList, searchEmoji } from "../../emoji/search.ts";
import { strings } from "../../strings.ts";

interface Props {
  readonly label: string;
  readonly onPick: (emoji: string) => void;
  readonly onClose: () => void;
  /** The user has pressed elsewhere. */
  readonly onLeave: () => void;
}

const STEP: Readonly<Record<string, -1 | 1>> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 };

export const EmojiPicker = ({ label, onPick, onClose, onLeave }: Props) => {
  const words = useSignal("");
  const field = useRef<HTMLInputElement>(null);
  const found = searchEmoji(emojiList.value, words.value);

  useEffect(() => {
    void loadEmoji();
    field.current?.focus();
    const onPress = ({ target }: Event): void => {
      if (target instanceof Element && target.closest(".emoji-picker, .pick") === null) onLeave();
    };
    document.addEventListener("pointerdown", onPress);
    return () => document.removeEventListener("pointerdown", onPress);
  }, []);

  const onKeyDown = (event: KeyboardEvent): void => {
    const { target, currentTarget, key } = event;
    if (key === "Escape") {
      event.stopPropagation();
      onClose();
      return;
    }
    const step = STEP[key];
    if (step === undefined || !(currentTarget instanceof HTMLElement)) return;
    if (target === field.current && key !== "ArrowDown") return;
    event.preventDefault();
    const all = [...currentTarget.querySelectorAll<HTMLElement>(".choices button")];
    const at = all.findIndex((button) => button === target);
    (all[at + step] ?? field.current)?.focus();
  };

  return (
    <div class="emoji-picker" role="dialog" aria-label={label} onKeyDown={onKeyDown}>
      <div class="picker-head">
        <input
          ref={field}
          class="field"
          type="search"
          autocomplete="off"
          aria-label={strings.emoji.search}
          placeholder={strings.emoji.search}
          value={words.value}
          onInput={(event) => (words.value = event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            // By the text that is typed now, even if its matches are not rendered yet.
            const [first] = searchEmoji(emojiList.peek(), words.peek());
            if (first !== undefined) onPick(first.emoji);
          }}
        />
        <button type="button" onClick={onClose}>
          {strings.close}
        </button>
      </div>
      <div class="choices" role="group" aria-label={strings.emoji.choices}>
        {found.map(({ emoji, names: [name] }, index) => (
          <button
            key={emoji}
            type="button"
            tabIndex={index === 0 ? 0 : -1}
            aria-label={name?.replaceAll("_", " ")}
            title={name}
            onClick={() => onPick(emoji)}
          >
            {emoji}
          </button>
        ))}
      </div>
    </div>
  );
};
