/**
 * A scroller that stays where its reader is. At the end it sticks to the end, whatever is added or grows; anywhere else what is
 * being read stays under the eye, whatever is loaded above it.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Signal } from "@preact/signals";

const AT_END_WITHIN = 48;
const NEAR_WITHIN = 800;

const leftBelow = ({ scrollHeight, scrollTop, clientHeight }: Element): number =>
  scrollHeight - scrollTop - clientHeight;

export const isAtEnd = (scroller: Element): boolean => leftBelow(scroller) < AT_END_WITHIN;

/** What stays where it is: the lower edge of a row, since what comes before a row may change its head. */
interface Anchor {
  readonly element: Element;
  /** Its distance from the top of the scroller, and from that of what is in there. */
  readonly bottom: number;
  readonly depth: number;
}

interface Props {
  readonly label: string;
  readonly atEnd: Signal<boolean>;
  /** Whether more follows than is in here: then its end is not the end. */
  readonly hasMore: boolean;
  /** Called whenever the start, or the end, of what is in here is near: more may be put there. */
  readonly onNearStart: () => void;
  readonly onNearEnd: () => void;
  /** Called when what is in here does not fill it: then there is no start to scroll to. */
  readonly onUnfilled: () => void;
  readonly children: ComponentChildren;
}

const anchorOf = (scroller: Element, element: Element): Anchor => {
  const bottom = element.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top;
  return { element, bottom, depth: bottom + scroller.scrollTop };
};

/** Whether its reader has, rather than that what is in it has become shorter and left no room for where it stood. */
const hasMoved = (scroller: Element, from: number): boolean => {
  const furthest = scroller.scrollHeight - scroller.clientHeight;
  return scroller.scrollTop !== from && !(from > furthest && scroller.scrollTop >= furthest - 1);
};

/** The first row that is in sight. */
const anchorIn = (scroller: Element): Anchor | undefined => {
  for (const element of scroller.querySelectorAll(".row[data-id]")) {
    const anchor = anchorOf(scroller, element);
    if (anchor.bottom > 0) return anchor;
  }
  return undefined;
};

export const StickyScroller = ({
  label,
  atEnd,
  hasMore,
  onNearStart,
  onNearEnd,
  onUnfilled,
  children,
}: Props) => {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  const anchor = useRef<Anchor | undefined>(undefined);
  /** What the last look or step has left. Where the scroller is elsewhere, its reader has moved, and the event is still to come. */
  const left = useRef({ top: 0, height: 0 });

  const more = useRef(hasMore);
  more.current = hasMore;
  const unfilled = useRef(onUnfilled);
  unfilled.current = onUnfilled;

  const settle = (): void => {
    const element = scroller.current;
    if (element === null) return;
    const held = anchor.current?.element.isConnected === true ? anchor.current : undefined;
    let wanted: Anchor | undefined;
    if (hasMoved(element, left.current.top)) {
      atEnd.value =
        !more.current && left.current.height - element.scrollTop - element.clientHeight < AT_END_WITHIN;
      // By as much as its reader has, and not by what has grown above meanwhile.
      if (held !== undefined) {
        element.scrollTop += Math.round(anchorOf(element, held.element).depth - held.depth);
      }
    } else if (atEnd.peek() && !more.current) {
      element.scrollTop = element.scrollHeight;
    } else if (held !== undefined) {
      element.scrollTop += anchorOf(element, held.element).bottom - held.bottom;
      const now = anchorOf(element, held.element);
      // It went no further: what is above may be taken away in one step and come back in the next, and then this is to be where it was.
      if (Math.abs(now.bottom - held.bottom) >= 1) wanted = { ...now, bottom: held.bottom };
    }
    remember(element, wanted);
    if (element.scrollHeight <= element.clientHeight) unfilled.current();
  };

  const remember = (element: Element, held = anchorIn(element)): void => {
    anchor.current = held;
    left.current = { top: element.scrollTop, height: element.scrollHeight };
  };

  const look = (): void => {
    const element = scroller.current;
    if (element === null) return;
    // It scrolls also by what grows and shrinks in it: that may bring its reader to the end, and never takes them away from there.
    settle();
    if (!more.current && isAtEnd(element)) atEnd.value = true;
    if (element.scrollTop < NEAR_WITHIN) onNearStart();
    else if (leftBelow(element) < NEAR_WITHIN) onNearEnd();
  };

  useLayoutEffect(settle);
  useEffect(() => {
    if (scroller.current === null || content.current === null) return undefined;
    const observer = new ResizeObserver(settle);
    observer.observe(scroller.current);
    observer.observe(content.current);
    return () => observer.disconnect();
  }, []);

  return (
    <div class="scroller" ref={scroller} role="region" aria-label={label} tabIndex={0} onScroll={look}>
      <div class="content" ref={content}>
        {children}
      </div>
    </div>
  );
};
