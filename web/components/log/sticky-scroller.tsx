/**
 * A scroller that keeps its reader's place. At the end it sticks to the end, whatever is added or grows.
 * Anywhere else the row that is being read stays where it is on the screen, whatever is loaded above it.
 */
import type { ComponentChildren } from "preact";
import { useEffect, useLayoutEffect, useRef } from "preact/hooks";
import type { Signal } from "@preact/signals";

const AT_END_WITHIN = 48;
const NEAR_WITHIN = 800;

const leftBelow = ({ scrollHeight, scrollTop, clientHeight }: Element): number =>
  scrollHeight - scrollTop - clientHeight;

export const isAtEnd = (scroller: Element): boolean => leftBelow(scroller) < AT_END_WITHIN;

/**
 * The lower edge of a row, which is kept in place. The upper edge moves when the rows above change the row's
 * head.
 */
interface Anchor {
  readonly element: Element;
  /** The distance from the top of the scroller, and from the top of its content. */
  readonly bottom: number;
  readonly depth: number;
}

interface Props {
  readonly label: string;
  readonly atEnd: Signal<boolean>;
  /** Whether more rows follow than the content has: then the content's end is not the end. */
  readonly hasMore: boolean;
  /** Called when the start, or the end, of the content is near, so that more rows can be added there. */
  readonly onNearStart: () => void;
  readonly onNearEnd: () => void;
  /** Called when the content does not fill the scroller: then nobody can scroll to its start. */
  readonly onUnfilled: () => void;
  readonly children: ComponentChildren;
}

const anchorOf = (scroller: Element, element: Element): Anchor => {
  const bottom = element.getBoundingClientRect().bottom - scroller.getBoundingClientRect().top;
  return { element, bottom, depth: bottom + scroller.scrollTop };
};

/**
 * Whether the reader has scrolled. The browser also scrolls, when the content becomes shorter than the scroll
 * position.
 */
const hasMoved = (scroller: Element, from: number): boolean => {
  const furthest = scroller.scrollHeight - scroller.clientHeight;
  return scroller.scrollTop !== from && !(from > furthest && scroller.scrollTop >= furthest - 1);
};

/** The first visible row. */
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
  /**
   * The state after the last step. If the scroll position differs, the reader has scrolled and its event has
   * not come yet.
   */
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
      // Keep the distance that the reader scrolled, without what has grown above meanwhile.
      if (held !== undefined) {
        element.scrollTop += Math.round(anchorOf(element, held.element).depth - held.depth);
      }
    } else if (atEnd.peek() && !more.current) {
      element.scrollTop = element.scrollHeight;
    } else if (held !== undefined) {
      element.scrollTop += anchorOf(element, held.element).bottom - held.bottom;
      const now = anchorOf(element, held.element);
      // The scroller could go no further. Rows above may be removed in one step and come back in the next:
      // keep the wanted place.
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
    // Content that grows or shrinks also scrolls. That may bring the reader to the end, and never takes them
    // away from it.
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
