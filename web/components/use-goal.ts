/**
 * Leads to the message that the address names, a quote, or a notification: what is older is loaded until it is here, then it is in sight and has the
 * focus.
 */
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import { parsePosition, type Position } from "../../src/domain/position.ts";
import { active, elementId, seek, sought } from "../attention.ts";
import type { Place } from "../store/place.ts";
import type { RoomStore } from "../store/room-store.ts";
import { isAtEnd } from "./sticky-scroller.tsx";

/** The message that one is led to, if it is one of this room. */
export const useGoal = (room: RoomStore, place: Place): Position | undefined => {
  const reached = useRef<typeof sought.value>(undefined);
  const fetched = useRef<typeof sought.value>(undefined);
  const goal = sought.value?.room === room.name ? sought.value : undefined;
  const isLive = room.status.value.status === "live";
  const isOpen = room.open.value;

  useEffect(() => {
    const lead = (): void => {
      const addressed = parsePosition(location.hash.slice(1));
      if (isOpen && addressed.ok) seek(room.name, addressed.value);
    };
    lead();
    addEventListener("hashchange", lead);
    return () => removeEventListener("hashchange", lead);
  }, [room, isOpen]);

  useEffect(
    () => () => {
      // One may be led to a message of the next room already.
      if (sought.peek()?.room === room.name) sought.value = undefined;
    },
    [room],
  );

  useLayoutEffect(() => {
    if (goal === undefined || goal === reached.current) return;
    if (room.find(goal.id) === undefined) {
      // Asked for once a connection.
      if (isLive && fetched.current !== goal) void room.reach(goal.id);
      fetched.current = isLive ? goal : undefined;
      return;
    }
    place.to(goal.id);
    const element = document.getElementById(elementId(goal.id));
    // Among the rows that are not in the page yet, it comes with the next rendering.
    if (element === null) return;
    reached.current = goal;
    active.value = goal.id;
    element.scrollIntoView({ block: "center" });
    // In the last screen of the log nothing is scrolled: one is at the end as before.
    const scroller = element.closest(".scroller");
    if (scroller !== null && isAtEnd(scroller)) place.atEnd.value = !place.stretch.peek().hasBelow;
    // After the box, which has the focus when a room is entered.
    queueMicrotask(() => element.focus({ preventScroll: true }));
  });
  return goal?.id;
};
