/** The open rooms with their unread counts, a form to open another room, and the settings. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { parseRoomName, type RoomName } from "../../../src/domain/room-name.ts";
import { pathOf } from "../../store/route.ts";
import type { ChatStore } from "../../store/chat-store.ts";
import { strings } from "../../strings.ts";
import { AlertSettings } from "./alert-settings.tsx";
import { CopyLink } from "../shared/copy-link.tsx";
import { useStores } from "../shared/use-stores.ts";
import { Shortcuts } from "./shortcuts.tsx";

interface Props {
  readonly chat: ChatStore;
  readonly current: RoomName;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

const OpenRoom = ({ onOpened }: { readonly onOpened: () => void }) => {
  const { route } = useStores();
  const text = useSignal("");
  const bad = useSignal(false);
  const open = (event: SubmitEvent): void => {
    event.preventDefault();
    const parsed = parseRoomName(text.value.trim());
    bad.value = !parsed.ok;
    if (!parsed.ok) return;
    text.value = "";
    route.goTo(parsed.value);
    onOpened();
  };
  return (
    <form onSubmit={open}>
      <div class="open-room">
        <input
          class="field"
          dir="auto"
          autocomplete="off"
          autocapitalize="none"
          spellcheck={false}
          aria-label={strings.rooms.open}
          aria-invalid={bad.value}
          placeholder={strings.rooms.openShort}
          value={text.value}
          onInput={(event) => (text.value = event.currentTarget.value)}
        />
        <button type="submit" class="plain">
          {strings.rooms.go}
        </button>
      </div>
      {bad.value && (
        <p class="muted" role="alert">
          {strings.signIn.badRoom}
        </p>
      )}
    </form>
  );
};

/** Moves the focus to the next room, because the focused button disappears with its room. */
const focusBeside = (leaving: Element): void => {
  const row = leaving.closest("li");
  const beside = row?.nextElementSibling ?? row?.previousElementSibling;
  beside?.querySelector("a")?.focus();
};

export const Rooms = ({ chat, current, isOpen, onClose }: Props) => {
  const { route, session, theme } = useStores();
  useEffect(() => {
    document.querySelector(".rooms a[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current]);
  return (
    <nav class={isOpen ? "side open" : "side"} aria-label={strings.landmarks.rooms}>
      <header>
        <span class="wordmark">{strings.title}</span>
        <button type="button" class="panel-close" onClick={onClose}>
          {strings.close}
        </button>
      </header>
      <h2>{strings.rooms.heading}</h2>
      <ul class="rooms">
        {[...chat.rooms.value.values()].map((room) => (
          <li key={room.name}>
            <a
              href={pathOf(room.name)}
              title={room.name}
              aria-current={room.name === current ? "page" : undefined}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                route.goTo(room.name);
                onClose();
              }}
            >
              <bdi>{room.name}</bdi>
              {room.name !== current && room.unread.value > 0 && (
                <span class="unread">
                  <span aria-hidden="true">{room.unread.value}</span>
                  <span class="visually-hidden">{strings.rooms.unread(room.unread.value)}</span>
                </span>
              )}
            </a>
            {chat.rooms.value.size > 1 && (
              <button
                type="button"
                class="leave"
                aria-label={strings.rooms.leave(room.name)}
                title={strings.rooms.leave(room.name)}
                onClick={(event) => {
                  focusBeside(event.currentTarget);
                  chat.leave(room.name);
                }}
              >
                ×
              </button>
            )}
          </li>
        ))}
      </ul>
      <OpenRoom onOpened={onClose} />
      <div class="foot muted">
        <Shortcuts />
        <CopyLink path={pathOf(current)} words={strings.rooms.link} />
        <AlertSettings />
        <button type="button" onClick={() => theme.next()}>
          {strings.theme[theme.theme.value]}
        </button>
        <button type="button" onClick={() => session.signOut()}>
          {strings.signOut}
        </button>
      </div>
    </nav>
  );
};
