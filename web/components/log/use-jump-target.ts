/**
 * Jumps to the message that the address, a quote or a notification names: loads older messages until the
 * client holds it, then scrolls to it and focuses it.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { parsePosition, type Position } from "../../../src/domain/position.ts";
import { active, elementId, jumpTo, jumpTarget } from "../../attention.ts";
import type { Viewport } from "../../store/viewport.ts";
import type { RoomStore } from "../../store/room-store.ts";
import { isAtEnd } from "./sticky-scroller.tsx";

/** The jump target, if it is a message of this room. */
export const useJumpTarget = (room: RoomStore, viewport: Viewport): Position | undefined => {
  const reached = useRef<typeof jumpTarget.value>(undefined);
  const fetched = useRef<typeof jumpTarget.value>(undefined);
  const target = jumpTarget.value?.room === room.name ? jumpTarget.value : undefined;
  const isLive = room.status.value.status === "live";
  const isOpen = room.isKnown.value;

  useEffect(() => {
    const follow = (): void => {
      const addressed = parsePosition(location.hash.slice(1));
      if (isOpen && addressed.ok) jumpTo(room.name, addressed.value);
    };
    follow();
    addEventListener("hashchange", follow);
    return () => removeEventListener("hashchange", follow);
  }, [room, isOpen]);

  useEffect(
    () => () => {
      // The target may already be a message of the next room.
      if (jumpTarget.peek()?.room === room.name) jumpTarget.value = undefined;
    },
    [room],
  );

  useLayoutEffect(() => {
    if (target === undefined || target === reached.current) return;
    if (room.find(target.id) === undefined) {
      // Once for each connection.
      if (isLive && fetched.current !== target) void room.older.loadUntil(target.id);
      fetched.current = isLive ? target : undefined;
      return;
    }
    viewport.to(target.id);
    const element = document.getElementById(elementId(target.id));
    // The row comes with the next rendering.
    if (element === null) return;
    reached.current = target;
    active.value = target.id;
    element.scrollIntoView({ block: "center" });
    // On the last screen of the log nothing scrolls: the reader is at the end as before.
    const scroller = element.closest(".scroller");
    if (scroller !== null && isAtEnd(scroller)) viewport.atEnd.value = !viewport.rowWindow.peek().hasBelow;
    // After the text box, which gets the focus when a room is opened.
    queueMicrotask(() => element.focus({ preventScroll: true }));
  });
  return target?.id;
};
