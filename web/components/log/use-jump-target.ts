/**
 * Leads to the message that the address names, a quote, or a notification: what is older is loaded until it is here, then it is in sight and has the
 * focus.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { parsePosition, type Position } from "../../../src/domain/position.ts";
import { active, elementId, jumpTo, jumpTarget } from "../../attention.ts";
import type { Viewport } from "../../store/viewport.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { isAtEnd } from "./sticky-scroller.tsx";

/** The message that one is led to, if it is one of this room. */
export const useJumpTarget = (room: RoomStore, viewport: Viewport): Position | undefined => {
  const reached = useRef<typeof jumpTarget.value>(undefined);
  const fetched = useRef<typeof jumpTarget.value>(undefined);
  const goal = jumpTarget.value?.room === room.name ? jumpTarget.value : undefined;
  const isLive = room.status.value.status === "live";
  const isOpen = room.isKnown.value;

  useEffect(() => {
    const lead = (): void => {
      const addressed = parsePosition(location.hash.slice(1));
      if (isOpen && addressed.ok) jumpTo(room.name, addressed.value);
    };
    lead();
    addEventListener("hashchange", lead);
    return () => removeEventListener("hashchange", lead);
  }, [room, isOpen]);

  useEffect(
    () => () => {
      // One may be led to a message of the next room already.
      if (jumpTarget.peek()?.room === room.name) jumpTarget.value = undefined;
    },
    [room],
  );

  useLayoutEffect(() => {
    if (goal === undefined || goal === reached.current) return;
    if (room.find(goal.id) === undefined) {
      // Asked for once a connection.
      if (isLive && fetched.current !== goal) void room.older.loadUntil(goal.id);
      fetched.current = isLive ? goal : undefined;
      return;
    }
    viewport.to(goal.id);
    const element = document.getElementById(elementId(goal.id));
    // Among the rows that are not in the page yet, it comes with the next rendering.
    if (element === null) return;
    reached.current = goal;
    active.value = goal.id;
    element.scrollIntoView({ block: "center" });
    // In the last screen of the log nothing is scrolled: one is at the end as before.
    const scroller = element.closest(".scroller");
    if (scroller !== null && isAtEnd(scroller)) viewport.atEnd.value = !viewport.rowWindow.peek().hasBelow;
    // After the box, which has the focus when a room is entered.
    queueMicrotask(() => element.focus({ preventScroll: true }));
  });
  return goal?.id;
};
