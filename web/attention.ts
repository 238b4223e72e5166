/**
 * Where the reader's attention is: the message under the pointer or the focus, which shows its actions, the one that a quote or a
 * link leads to, and for what an emoji is being chosen.
 */
import { signal } from "@preact/signals";
import type { Position } from "../src/domain/position.ts";
import type { RoomName } from "../src/domain/room-name.ts";

export const active = signal<string | undefined>(undefined);

/** A new object for each time that one is led there, be it to the same message. The room may be one that is yet to be shown. */
export const jumpTarget = signal<{ readonly room: RoomName; readonly id: Position } | undefined>(undefined);

export const jumpTo = (room: RoomName, id: Position): void => {
  jumpTarget.value = { room, id };
};

/** For the text that one writes, or as a reaction to a message. */
export const picking = signal<
  { readonly for: "text" } | { readonly for: "reaction"; readonly to: Position } | undefined
>(undefined);

/** The element that shows a message. */
export const elementId = (id: string): string => `m-${id}`;

/** What has the focus is about to go: the message that it is part of has it instead, and the keyboard goes on from there. */
export const focusMessage = (id: Position): void =>
  document.getElementById(elementId(id))?.focus({ preventScroll: true });

/** Whether a pointer comes by without a press. A phone that has no mouse may tell of one, where a finger was last. */
export const hovers = ({ pointerType }: PointerEvent): boolean => pointerType !== "touch" && !isTouched();

/** Whether the keyboard is one on the screen, most likely: it comes with the focus, over half of the page. */
export const isTouched = (): boolean => matchMedia("(hover: none) and (pointer: coarse)").matches;
