/**
 * Where the reader's attention is: the message under the pointer or the focus, which shows its actions, and the one that a quote or a
 * link leads to.
 */
import { signal } from "@preact/signals";
import type { Position } from "../src/domain/position.ts";

export const active = signal<string | undefined>(undefined);

/** A new object for each time that one is led there, be it to the same message. */
export const sought = signal<{ readonly id: Position } | undefined>(undefined);

export const seek = (id: Position): void => {
  sought.value = { id };
};

/** The element that shows a message. */
export const elementId = (id: string): string => `m-${id}`;
