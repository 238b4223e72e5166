/**
 * A room's log: a stretch of its rows, the way to older ones, and the button that leads to the newest.
 *
 * What is new is told to screen readers apart (`Announcer`), so that history which is loaded is not read out. Tab stops at one message; the arrows, Home and End go
 * on from there.
 */
import { useSignal, useSignalEffect, type ReadonlySignal } from "@preact/signals";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { parsePosition } from "../../src/domain/position.ts";
import { active, elementId, seek, sought } from "../attention.ts";
import type { RoomStore } from "../store/room-store.ts";
import { strings } from "../strings.ts";
import { LogRow } from "./log-row.tsx";
import { beginningFor, stretchOf, type Beginning } from "../stretch.ts";
import { isAtEnd, StickyScroller } from "./sticky-scroller.tsx";

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

/** A finger leaves whenever it is lifted; only a mouse that leaves has gone elsewhere. */
const leave = (event: PointerEvent): void => {
  if (event.pointerType === "mouse") active.value = undefined;
};

export const Log = ({ room, me, online }: Props) => {
  const atEnd = useSignal(true);
  const beginning = useSignal<Beginning>(undefined);
  const reached = useRef<typeof sought.value>(undefined);
  const fetched = useRef<typeof sought.value>(undefined);
  const filledAbove = useRef<string | undefined>(undefined);
  const goal = sought.value?.room === room.name ? sought.value : undefined;
  const isLive = room.status.value.status === "live";
  const timeline = room.timeline.value;
  const { rows, hasAbove, hasBelow } = stretchOf(timeline, beginning.value);

  const showOlder = async (): Promise<void> => {
    if (await room.loadOlder()) nearStart();
  };
  // Both look at what there is by now, which may be more than is shown yet.
  const nearStart = (): void => {
    const { hasAbove, above } = stretchOf(room.timeline.peek(), beginning.peek());
    if (hasAbove) beginning.value = above;
    else void showOlder();
  };
  // Once for each row that is the first: what can't be loaded is not asked for again and again.
  const fill = (): void => {
    if (room.status.peek().status !== "live" || filledAbove.current === rows[0]?.key) return;
    filledAbove.current = rows[0]?.key;
    nearStart();
  };
  const nearEnd = (): void => {
    const { hasBelow, below } = stretchOf(room.timeline.peek(), beginning.peek());
    if (hasBelow) beginning.value = below;
  };

  // What comes while one is at the end has been read, and the rows above are no longer needed. Who leaves the end keeps what they read.
  useSignalEffect(() => {
    if (room.position.value === undefined) return;
    if (atEnd.value) {
      room.read();
      beginning.value = undefined;
    } else if (beginning.peek() === undefined) {
      beginning.value = stretchOf(room.timeline.peek(), undefined).beginning;
    }
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
      // One may be led to a message of the next room already.
      if (sought.peek()?.room === room.name) sought.value = undefined;
    };
  }, [room]);

  // The message that the address names, once the room is there; then whichever one is led to.
  useEffect(() => {
    const addressed = parsePosition(location.hash.slice(1));
    if (room.open.value && addressed.ok) seek(room.name, addressed.value);
  }, [room.open.value]);
  useLayoutEffect(() => {
    if (goal === undefined || goal === reached.current) return;
    if (room.find(goal.id) === undefined) {
      // Asked for once a connection.
      if (isLive && fetched.current !== goal) void room.reach(goal.id);
      fetched.current = isLive ? goal : undefined;
      return;
    }
    atEnd.value = false;
    if (!rows.some((row) => row.key === goal.id)) beginning.value = beginningFor(timeline, goal.id);
    const element = document.getElementById(elementId(goal.id));
    // Among the rows that are not in the page yet, it comes with the next rendering.
    if (element === null) return;
    reached.current = goal;
    active.value = goal.id;
    element.scrollIntoView({ block: "center" });
    // In the last screen of the log nothing is scrolled: one is at the end as before.
    const scroller = element.closest(".scroller");
    if (scroller !== null && isAtEnd(scroller)) atEnd.value = !hasBelow;
    // After the box, which has the focus when a room is entered.
    queueMicrotask(() => element.focus({ preventScroll: true }));
  });

  const lastMessage = rows.findLast((row) => row.kind === "message");
  const stop = rows.some((row) => row.key === active.value) ? active.value : lastMessage?.key;
  const isWhole = !room.hasOlder.value && !hasAbove;

  return (
    <div class="log">
      <StickyScroller
        label={strings.landmarks.messages}
        atEnd={atEnd}
        hasMore={hasBelow}
        onNearStart={nearStart}
        onNearEnd={nearEnd}
        onUnfilled={fill}
      >
        <p class="top quiet">
          {isWhole ? (
            room.open.value && <span>{strings.log.beginning(room.name)}</span>
          ) : (
            <button type="button" class="plain" onClick={nearStart} disabled={room.loading.value}>
              {room.loading.value ? strings.log.loading : strings.log.older}
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
              stop={stop}
              sought={goal?.id}
            />
          ))}
        </ol>
        {room.open.value && lastMessage === undefined && <p class="row notice">{strings.log.empty}</p>}
      </StickyScroller>
      {!atEnd.value && (
        <button
          type="button"
          class="to-newest"
          onClick={() => {
            beginning.value = undefined;
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
