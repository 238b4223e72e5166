/**
 * Where the reader's attention is: the message under the pointer or the focus, which shows its actions, and the one that a quote or a
 * link has led to.
 */
import { signal } from "@preact/signals";
import type { Position } from "../src/domain/position.ts";

export const active = signal<string | undefined>(undefined);
export const sought = signal<Position | undefined>(undefined);

/** The element that shows a message. */
export const elementId = (id: string): string => `m-${id}`;

/** Leads to a message where it is shown; says whether it is. */
export const seek = (id: Position): boolean => {
  const element = document.getElementById(elementId(id));
  if (element === null) return false;
  sought.value = id;
  active.value = id;
  element.scrollIntoView({ block: "center" });
  element.focus({ preventScroll: true });
  return true;
};
