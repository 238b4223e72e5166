/**
 * The composer. Enter sends, Shift+Enter starts a new line (on a touch screen a button does), Esc cancels an
 * answer or an edit, and ↑ in the empty box edits the user's last message. While suggestions are offered for
 * the word at the caret, Tab and Enter accept one; if that word is complete already, Enter sends.
 */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { countCharacters } from "../../../src/domain/characters.ts";
import { absurd } from "../../../src/domain/decision.ts";
import { elementId, isTouched, picking } from "../../attention.ts";
import { hasOversizedCluster } from "../../text/clusters.ts";
import { emojiClosed } from "../../text/completion.ts";
import { emojiList } from "../../emoji/search.ts";
import { CompletionStore, type Replacement } from "../../store/completion-store.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import { ComposerContext } from "./composer-context.tsx";
import { EmojiPicker } from "./emoji-picker.tsx";
import { EmojiIcon, NewLineIcon } from "../shared/icons.tsx";
import { Sentence } from "../shared/sentence.tsx";
import { optionId, Suggestions } from "./suggestions.tsx";
import { useTypeToFocus } from "./use-type-to-focus.ts";

/** From this many characters on, the page says how many are left. */
const NEAR_THE_END = 200;

const send = (room: RoomStore): void => {
  const { composer, commands } = room;
  const text = composer.text.value;
  const mode = composer.mode.value;
  if (text.trim() === "") return;
  switch (mode.type) {
    case "new":
    case "orphaned":
      commands.post(text, undefined);
      break;
    case "reply":
      commands.post(text, mode.to.id);
      break;
    case "edit":
      if (text !== mode.message.text) commands.edit(mode.message.id, text);
      break;
    default:
      absurd(mode);
  }
  composer.done();
};

/**
 * Whether a key belongs to an input method. Safari tells by the key code alone: its last Enter comes after
 * the composition has ended.
 */
const isComposing = (event: KeyboardEvent): boolean => event.isComposing || event.keyCode === 229;

/** Inserts text as if it had been typed, so that it can be undone. */
const insert = (element: HTMLTextAreaElement, { inserts, from }: Replacement): void => {
  const to = element.selectionEnd;
  element.setSelectionRange(from, to);
  // No other function adds to the undo history. A browser may refuse it.
  if (!document.execCommand("insertText", false, inserts)) element.setRangeText(inserts, from, to, "end");
};

interface Props {
  readonly room: RoomStore;
  readonly longest: number;
}

export const Composer = ({ room, longest }: Props) => {
  const box = useRef<HTMLTextAreaElement>(null);
  const { composer } = room;
  const text = composer.text.value;
  const left = longest - countCharacters(text.trim());

  const completion = useMemo(
    () => new CompletionStore(() => [...room.roster.value.listed.values()].map(({ name }) => name)),
    [room],
  );
  const suggestions = completion.suggestions.value;
  const isOffering = suggestions.length > 0;

  // A layout effect, so that the next key is typed into the box. Opening a room does not open an on-screen
  // keyboard.
  const shown = useRef<RoomStore>(undefined);
  useLayoutEffect(() => {
    if (shown.current === room || !isTouched()) box.current?.focus();
    shown.current = room;
  }, [room, composer.focusRequests.value]);
  useTypeToFocus(box);

  // An emoji picker belongs to one room.
  useLayoutEffect(() => () => void (picking.value = undefined), [room]);

  /** Replaces the text up to the caret. The box moves its own caret. */
  const replace = (replacement: Replacement | undefined): void => {
    const element = box.current;
    if (element === null || replacement === undefined) return;
    element.focus();
    insert(element, replacement);
    composer.write(element.value);
  };

  const insertHere = (text: string): void =>
    replace({ from: box.current?.selectionStart ?? 0, inserts: text });

  /** Closes the picker and returns the focus to where it came from. */
  const closePicker = (): void => {
    const target = picking.peek();
    picking.value = undefined;
    const to = target?.for === "reaction" ? document.getElementById(elementId(target.to)) : null;
    (to ?? box.current)?.focus();
  };

  const pick = (emoji: string): void => {
    const target = picking.peek();
    closePicker();
    if (target?.for !== "reaction") insertHere(emoji);
    else if (room.find(target.to)?.deleted === false) room.commands.toggleReaction(target.to, emoji);
  };

  const submit = (): void => {
    send(room);
    completion.forget();
    // The send button is disabled now and can't keep the focus.
    if (document.activeElement?.matches(".composer .primary") === true) box.current?.focus();
  };

  /** Handles a key for the completion. Returns whether it was one. */
  const handleCompletionKey = (event: KeyboardEvent): boolean => {
    if (completion.suggestions.peek().length === 0) return false;
    if (event.key === "Enter" && completion.isWhole()) return false;
    if (event.key === "ArrowDown") completion.step(1);
    else if (event.key === "ArrowUp") completion.step(-1);
    else if (event.key === "Escape") completion.dismiss();
    else if ((event.key === "Enter" && !event.shiftKey) || (event.key === "Tab" && !event.shiftKey)) {
      replace(completion.choose(completion.chosen.peek()));
    } else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  const onInput = (element: HTMLTextAreaElement, kind: string): void => {
    // An undo of an emoji brings back its name, which must not become the emoji again.
    const closed = kind.startsWith("history")
      ? undefined
      : emojiClosed(element.value, element.selectionEnd, emojiList.peek());
    if (closed !== undefined) replace({ from: closed.from, inserts: closed.emoji });
    composer.write(element.value);
    completion.look(element.value, element.selectionEnd);
    if (element.value.trim() !== "") room.commands.typing();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (isComposing(event) || handleCompletionKey(event)) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (left >= 0) submit();
    } else if (event.key === "Escape") {
      composer.cancel();
    } else if (
      event.key === "ArrowUp" &&
      !event.altKey &&
      text === "" &&
      composer.mode.value.type === "new"
    ) {
      const last = room.lastOwnMessage();
      if (last === undefined) return;
      event.preventDefault();
      composer.edit(last);
    }
  };

  return (
    <form
      class="composer"
      aria-label={strings.landmarks.compose}
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <p class="typing">
        <Sentence users={room.typists.value} of={strings.typing} />
      </p>
      <ComposerContext composer={composer} />
      {picking.value !== undefined && (
        <EmojiPicker
          label={picking.value.for === "reaction" ? strings.emoji.react : strings.emoji.insert}
          onPick={pick}
          onClose={closePicker}
          onLeave={() => (picking.value = undefined)}
        />
      )}
      {isOffering && (
        <Suggestions
          suggestions={suggestions}
          chosen={completion.chosen.value}
          members={room.roster.value.listed}
          onChoose={(index) => replace(completion.choose(index))}
        />
      )}
      <div class="box">
        <textarea
          ref={box}
          id="composer"
          class={hasOversizedCluster(text) ? "oversized" : undefined}
          rows={1}
          dir="auto"
          value={text}
          aria-label={strings.composer.label(room.name)}
          aria-describedby="composer-hint"
          aria-autocomplete="list"
          aria-controls={isOffering ? "suggestions" : undefined}
          aria-activedescendant={isOffering ? optionId(completion.chosen.value) : undefined}
          placeholder={strings.composer.placeholder(room.name)}
          enterkeyhint="send"
          onInput={(event) => onInput(event.currentTarget, event.inputType)}
          onKeyDown={onKeyDown}
          onClick={(event) => completion.look(event.currentTarget.value, event.currentTarget.selectionEnd)}
          onBlur={() => completion.dismiss()}
        />
        <button
          type="button"
          class="pick"
          aria-label={strings.emoji.insert}
          aria-expanded={picking.value?.for === "text"}
          onClick={() => (picking.value = picking.peek() === undefined ? { for: "text" } : undefined)}
        >
          <EmojiIcon />
        </button>
        {/* These two buttons leave the focus in the box, and so keep a phone's keyboard open. */}
        {text !== "" && (
          <button
            type="button"
            class="pick new-line"
            aria-label={strings.composer.newLine}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => insertHere("\n")}
          >
            <NewLineIcon />
          </button>
        )}
        <button
          class="primary"
          type="submit"
          onMouseDown={(event) => event.preventDefault()}
          disabled={text.trim() === "" || left < 0}
        >
          {composer.mode.value.type === "edit" ? strings.composer.save : strings.composer.send}
        </button>
      </div>
      <p class="under">
        <span id="composer-hint" class="hint">
          {strings.composer.hint}
        </span>
        {left < NEAR_THE_END && (
          <span class={left < 0 ? "over" : undefined} role="status">
            {left < 0 ? strings.composer.over(-left) : strings.composer.left(left)}
          </span>
        )}
      </p>
    </form>
  );
};
