/** Where one writes. Enter sends, Shift+Enter breaks the line, Esc leaves an answer or an edit, ↑ in an empty box edits one's last. */
import { useEffect, useRef } from "preact/hooks";
import { countCharacters } from "../../src/domain/characters.ts";
import { absurd } from "../../src/domain/decision.ts";
import type { ComposerStore } from "../store/composer-store.ts";
import type { RoomStore } from "../store/room-store.ts";
import { strings } from "../strings.ts";

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

  useEffect(() => box.current?.focus(), [room, composer.calls.value]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      if (left >= 0) send(room);
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
        send(room);
      }}
    >
      <p class="typing">{strings.typing(room.typists.value.map((author) => author.name))}</p>
      <About composer={composer} />
      <div class="box">
        <textarea
          ref={box}
          id="composer"
          rows={1}
          dir="auto"
          value={text}
          aria-label={strings.composer.label(room.name)}
          aria-describedby="composer-hint"
          placeholder={strings.composer.placeholder(room.name)}
          onInput={(event) => {
            composer.write(event.currentTarget.value);
            if (event.currentTarget.value.trim() !== "") room.typed();
          }}
          onKeyDown={onKeyDown}
        />
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
