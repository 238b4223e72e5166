/**
 * A room's log: a window of its rows, the button that loads older messages, and the button that jumps to the
 * newest.
 *
 * The rows are no live region: the `Announcer` tells screen readers of new messages, so that loaded history
 * is not read out. Tab stops at one message; the arrow keys, Home and End move on from there.
 */
import { useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useMemo } from "preact/hooks";
import { active, hovers, isTouched } from "../../attention.ts";
import { Viewport } from "../../store/viewport.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { strings } from "../../strings.ts";
import { useStores } from "../shared/use-stores.ts";
import { LogRow } from "./log-row.tsx";
import { StickyScroller } from "./sticky-scroller.tsx";
import { useJumpTarget } from "./use-jump-target.ts";

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

/**
 * Esc and a press beside the messages hide the actions of the active message, which cover the message above
 * it.
 */
const dismiss = ({ key }: KeyboardEvent): void => {
  if (key === "Escape") active.value = undefined;
};
const pressBeside = (event: Event): void => {
  // The pressed element may be removed from its message by now, so the path of the event decides.
  const isWithin = event
    .composedPath()
    .some((target) => target instanceof Element && target.matches(".message"));
  if (!isWithin) active.value = undefined;
};

/** A finger leaves the log whenever it is lifted. Only a pointer that hovers has moved elsewhere. */
const leave = (event: PointerEvent): void => {
  if (hovers(event)) active.value = undefined;
};

/** The text above the first event: the room's beginning, or the place where older messages were trimmed. */
const beginningText = (room: RoomStore): string => {
  const [first] = room.timeline.value.items;
  const isTrimmed = first !== undefined && first.type !== "gap" && first.seq > 1;
  return isTrimmed ? strings.log.trimmed : strings.log.beginning(room.name);
};

export const Log = ({ room, me, online }: Props) => {
  const { focus } = useStores().device;
  const viewport = useMemo(() => new Viewport(room), [room]);
  const { atEnd } = viewport;
  const { rows, hasAbove, hasBelow } = viewport.rowWindow.value;
  const target = useJumpTarget(room, viewport);

  useSignalEffect(() => viewport.follow());
  // One step for each frame that was drawn.
  const isEmpty = rows.length === 0;
  useEffect(() => {
    if (isEmpty) return undefined;
    let next = 0;
    const widen = (): void => {
      next = requestAnimationFrame(() => setTimeout(() => viewport.widen() && widen()));
    };
    widen();
    return () => cancelAnimationFrame(next);
  }, [viewport, isEmpty]);
  useEffect(() => viewport.followFocus(focus), [viewport]);

  const lastMessage = rows.findLast((row) => row.kind === "message");
  const tabStop = rows.some((row) => row.key === active.value) ? active.value : lastMessage?.key;
  const isWhole = !room.older.hasOlder.value && !hasAbove;

  return (
    <div class="log" onKeyDown={dismiss} onClick={pressBeside}>
      <StickyScroller
        label={strings.landmarks.messages}
        atEnd={atEnd}
        hasMore={hasBelow}
        onNearStart={() => viewport.up()}
        onNearEnd={() => viewport.down()}
        onUnfilled={() => viewport.fill()}
      >
        <p class="top muted">
          {isWhole ? (
            room.isKnown.value && <span>{beginningText(room)}</span>
          ) : (
            <button
              type="button"
              class="plain"
              onClick={() => viewport.up()}
              disabled={room.older.loading.value}
            >
              {room.older.loading.value ? strings.log.loading : strings.log.older}
            </button>
          )}
        </p>
        <ol onKeyDown={moveFocus} onPointerLeave={leave}>
          {rows.map((row) => (
            <LogRow
              key={row.key}
              row={row}
              room={room}
              me={me}
              online={online.value}
              active={active.value}
              tabStop={tabStop}
              jumpTarget={target}
            />
          ))}
        </ol>
        {room.isKnown.value && lastMessage === undefined && <p class="row notice">{strings.log.empty}</p>}
      </StickyScroller>
      {!atEnd.value && (
        <button
          type="button"
          class="to-newest"
          onClick={() => {
            viewport.toEnd();
            if (!isTouched()) document.getElementById("composer")?.focus();
          }}
        >
          {strings.log.toNewest(room.unread.value)}
        </button>
      )}
    </div>
  );
};
