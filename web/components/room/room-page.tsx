/** The page of a room: the open rooms, the log with the composer, and the members. */
import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { memberCount } from "../../../src/domain/roster.ts";
import type { ChatStore } from "../../store/chat-store.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import { Announcer } from "../log/announcer.tsx";
import { Composer } from "../composer/composer.tsx";
import { ConnectionIndicator } from "./connection-indicator.tsx";
import { useStores } from "../shared/use-stores.ts";
import { PeopleIcon, RoomsIcon } from "../shared/icons.tsx";
import { Log } from "../log/log.tsx";
import { People } from "./people.tsx";
import { Rooms } from "../rooms/rooms.tsx";

/** On a narrow page at most one side panel is open, over the log. */
type Panel = "none" | "rooms" | "people";

interface Props {
  readonly chat: ChatStore;
  readonly room: RoomStore;
}

export const RoomPage = ({ chat, room }: Props) => {
  const { saved, roomCache, route } = useStores();
  const panel = useSignal<Panel>("none");
  const me = { id: chat.me.value?.id, name: chat.me.value?.name ?? chat.name };
  const close = (): void => {
    if (panel.value === "none") return;
    document.getElementById(`open-${panel.value}`)?.focus();
    panel.value = "none";
  };

  /** Goes to the room above or below, and from one end to the other. */
  const step = (event: Event, by: 1 | -1): void => {
    event.preventDefault();
    const names = [...chat.rooms.value.keys()];
    route.goTo(names.at((names.indexOf(room.name) + by) % names.length));
  };

  useEffect(() => {
    if (panel.value !== "none") document.querySelector<HTMLElement>(".side.open .panel-close")?.focus();
  }, [panel.value]);

  return (
    <div
      class="room"
      onFocusIn={({ target }) => {
        // An open side panel would cover the element that has the focus now.
        if (target instanceof Element && target.closest(".side.open") === null) panel.value = "none";
      }}
      onKeyDown={(event) => {
        if (event.key === "Escape") close();
        if (event.altKey && event.key === "ArrowUp") step(event, -1);
        if (event.altKey && event.key === "ArrowDown") step(event, 1);
      }}
    >
      <a class="visually-hidden skip" href="#composer">
        {strings.landmarks.skip}
      </a>
      <Rooms chat={chat} current={room.name} isOpen={panel.value === "rooms"} onClose={close} />
      {panel.value !== "none" && <div class="backdrop" onClick={close} />}
      <main>
        <header class="room-head">
          <button
            id="open-rooms"
            type="button"
            class="opener"
            aria-label={strings.rooms.show}
            aria-expanded={panel.value === "rooms"}
            onClick={() => (panel.value = "rooms")}
          >
            <RoomsIcon />
          </button>
          <h1>
            <bdi>{room.name}</bdi>
          </h1>
          <ConnectionIndicator status={chat.connectionStatusOf(room)} onRetry={() => chat.wake()} />
          <button
            id="open-people"
            type="button"
            class="opener people"
            aria-label={`${strings.people.show}: ${strings.people.count(memberCount(room.roster.value))}`}
            aria-expanded={panel.value === "people"}
            onClick={() => (panel.value = "people")}
          >
            <PeopleIcon />
            <span aria-hidden="true">{memberCount(room.roster.value)}</span>
          </button>
        </header>
        <div class="middle">
          {(saved.isIncomplete.value || !chat.stored.value) && (
            <p class="banner">{strings.connection.notSaved}</p>
          )}
          {roomCache.isFailing.value && <p class="banner">{strings.connection.notCached}</p>}
          {chat.replaced.value && (
            <p class="banner" role="status">
              {strings.connection.newGuest}
            </p>
          )}
          <Log key={room.name} room={room} me={me} online={chat.online} />
        </div>
        <Composer room={room} longest={chat.longest.value} />
      </main>
      <People roster={room.roster.value} me={me.id} isOpen={panel.value === "people"} onClose={close} />
      <Announcer key={room.name} room={room} />
    </div>
  );
};
