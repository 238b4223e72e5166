/**
 * A room's log: its rows, the way to older ones, and the button that leads to the newest.
 *
 * What is new is told to screen readers apart (`Announcer`), so that history which is loaded is not read out. Tab stops at one message;
 * the arrows, Home and End go on from there.
 */
import { useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import { active, seek, sought } from "../attention.ts";
import { parsePosition } from "../../src/domain/position.ts";
import type { RoomStore } from "../store/room-store.ts";
import { strings } from "../strings.ts";
import { LogRow } from "./log-row.tsx";
import { StickyScroller } from "./sticky-scroller.tsx";

interface Props {
  readonly room: RoomStore;
  readonly me: { readonly id: string | undefined; readonly name: string };
  readonly online: ReadonlySignal<boolean>;
}

const moveFocus = (event: KeyboardEvent): void => {
  const { target, currentTarget } = event;
  if (!(target instanceof HTMLElement) || !(currentTarget instanceof HTMLElement)) return;
  if (!target.matches(".message[data-id]")) return;
  const all = [...currentTarget.querySelectorAll<HTMLElement>(".message[data-id]")];
  const at = all.indexOf(target);
  const to = { ArrowUp: at - 1, ArrowDown: at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  if (to >= all.length) document.getElementById("composer")?.focus();
  else all[to]?.focus();
};

export const Log = ({ room, me, online }: Props) => {
  const atEnd = useSignal(true);
  const rows = room.rows.value;

  // What comes while one is at the end, and the page is in sight, has been read.
  useSignalEffect(() => {
    if (room.position.value !== undefined && atEnd.value) room.read();
  });
  useEffect(() => {
    const back = (): void => {
      if (atEnd.peek()) room.read();
    };
    const away = (): void => room.lookAway();
    addEventListener("focus", back);
    addEventListener("blur", away);
    return () => {
      removeEventListener("focus", back);
      removeEventListener("blur", away);
      room.lookAway();
    };
  }, [room]);
  useEffect(() => {
    const addressed = parsePosition(location.hash.slice(1));
    if (room.open.value && addressed.ok) seek(addressed.value);
  }, [room.open.value]);

  const messages = rows.filter((row) => row.kind === "message");
  const stop = messages.some((row) => row.key === active.value) ? active.value : messages.at(-1)?.key;

  return (
    <div class="log">
      <StickyScroller label={strings.landmarks.messages} atEnd={atEnd} onNearStart={() => room.loadOlder()}>
        <p class="top quiet">
          {room.hasOlder.value ? (
            <button
              type="button"
              class="plain"
              onClick={() => room.loadOlder()}
              disabled={room.loading.value}
            >
              {room.loading.value ? strings.log.loading : strings.log.older}
            </button>
          ) : (
            room.open.value && <bdi>{strings.log.beginning(room.name)}</bdi>
          )}
        </p>
        <ol onKeyDown={moveFocus} onPointerLeave={() => (active.value = undefined)}>
          {rows.map((row) => (
            <LogRow
              key={row.key}
              row={row}
              room={room}
              me={me}
              online={online.value}
              active={active.value}
              stop={stop}
              sought={sought.value}
            />
          ))}
        </ol>
        {room.open.value && messages.length === 0 && <p class="row notice">{strings.log.empty}</p>}
      </StickyScroller>
      {!atEnd.value && (
        <button
          type="button"
          class="to-newest"
          onClick={() => {
            atEnd.value = true;
            document.getElementById("composer")?.focus();
          }}
        >
          {strings.log.toNewest(room.unread.value)}
        </button>
      )}
    </div>
  );
};
