/**
 * Where one writes. Enter sends, Shift+Enter breaks the line, Esc leaves an answer or an edit, ↑ in an empty box edits one's last. While something is
 * offered for the word at the caret, Tab and Enter take it; where that word is whole already, Enter sends.
 */
import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import { countCharacters } from "../../src/domain/characters.ts";
import { absurd } from "../../src/domain/decision.ts";
import { picking } from "../attention.ts";
import { isHeaped } from "../clusters.ts";
import { emojiClosed } from "../completion.ts";
import { emojiList } from "../emoji/search.ts";
import { CompletionStore, type Replacement } from "../store/completion-store.ts";
import type { ComposerStore } from "../store/composer-store.ts";
import type { RoomStore } from "../store/room-store.ts";
import { strings } from "../strings.ts";
import { EmojiPicker } from "./emoji-picker.tsx";
import { EmojiIcon } from "./icons.tsx";
import { optionId, Suggestions } from "./suggestions.tsx";

const NEAR_THE_END = 200;

const About = ({ composer }: { readonly composer: ComposerStore }) => {
  const mode = composer.mode.value;
  if (mode.type === "new") return null;
  return (
    <p class="about">
      <span>
        {mode.type === "reply" ? strings.composer.replying(mode.to.author.name) : strings.composer.editing}
      </span>
      <button type="button" onClick={() => composer.cancel()}>
        {strings.composer.cancel}
      </button>
    </p>
  );
};

const send = (room: RoomStore): void => {
  const { composer } = room;
  const text = composer.text.value;
  const mode = composer.mode.value;
  if (text.trim() === "") return;
  switch (mode.type) {
    case "new":
      room.post(text, undefined);
      break;
    case "reply":
      room.post(text, mode.to.id);
      break;
    case "edit":
      if (text !== mode.message.text) room.edit(mode.message.id, text);
      break;
    default:
      absurd(mode);
  }
  composer.done();
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

  // In the step in which it is called, so that the next key is in it already.
  useLayoutEffect(() => box.current?.focus(), [room, composer.calls.value]);

  /** Puts something into the text, up to the caret. The box moves its own caret. */
  const replace = (replacement: Replacement | undefined): void => {
    const element = box.current;
    if (element === null || replacement === undefined) return;
    element.setRangeText(replacement.inserts, replacement.from, element.selectionEnd, "end");
    composer.write(element.value);
    element.focus();
  };

  const pick = (emoji: string): void => {
    const goal = picking.peek();
    picking.value = undefined;
    if (goal?.for === "reaction") room.toggle(goal.to, emoji);
    else replace({ from: box.current?.selectionStart ?? 0, inserts: emoji });
    box.current?.focus();
  };

  const submit = (): void => {
    send(room);
    completion.forget();
  };

  /** Whether the key was for the completion. */
  const completes = (event: KeyboardEvent): boolean => {
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

  const onInput = (element: HTMLTextAreaElement): void => {
    const closed = emojiClosed(element.value, element.selectionEnd, emojiList.peek());
    if (closed !== undefined) replace({ from: closed.from, inserts: closed.emoji });
    composer.write(element.value);
    completion.look(element.value, element.selectionEnd);
    if (element.value.trim() !== "") room.typed();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing || completes(event)) return;
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
      const last = room.lastOwn();
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
      <p class="typing">{strings.typing(room.typists.value.map((author) => author.name))}</p>
      <About composer={composer} />
      {picking.value !== undefined && (
        <EmojiPicker
          label={picking.value.for === "reaction" ? strings.emoji.react : strings.emoji.insert}
          onPick={pick}
          onClose={() => {
            picking.value = undefined;
            box.current?.focus();
          }}
        />
      )}
      {isOffering && (
        <Suggestions
          suggestions={suggestions}
          chosen={completion.chosen.value}
          onChoose={(index) => replace(completion.choose(index))}
        />
      )}
      <div class="box">
        <textarea
          ref={box}
          id="composer"
          class={isHeaped(text) ? "heap" : undefined}
          rows={1}
          dir="auto"
          value={text}
          aria-label={strings.composer.label(room.name)}
          aria-describedby="composer-hint"
          aria-autocomplete="list"
          aria-controls={isOffering ? "suggestions" : undefined}
          aria-activedescendant={isOffering ? optionId(completion.chosen.value) : undefined}
          placeholder={strings.composer.placeholder(room.name)}
          onInput={(event) => onInput(event.currentTarget)}
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
        <button class="firm" type="submit" disabled={text.trim() === "" || left < 0}>
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
