/**
 * Where the reader's attention is: the active message, the message to jump to, and what the emoji picker is
 * open for.
 */
import { signal } from "@preact/signals";
import type { Position } from "../src/domain/position.ts";
import type { RoomName } from "../src/domain/room-name.ts";

/** The message under the pointer or with the focus. It shows its actions. */
export const active = signal<string | undefined>(undefined);

/**
 * Where a quote, a link or a notification leads. A new object for each jump. The room may not be shown yet.
 */
export const jumpTarget = signal<{ readonly room: RoomName; readonly id: Position } | undefined>(undefined);

export const jumpTo = (room: RoomName, id: Position): void => {
  jumpTarget.value = { room, id };
};

/** What the emoji picker is open for: the text that the user writes, or a reaction to a message. */
export const picking = signal<
  { readonly for: "text" } | { readonly for: "reaction"; readonly to: Position } | undefined
>(undefined);

/** The id of a message's element. */
export const elementId = (id: string): string => `m-${id}`;

/** Moves the focus to a message when the control in it that has the focus is about to disappear. */
export const focusMessage = (id: Position): void =>
  document.getElementById(elementId(id))?.focus({ preventScroll: true });

/** Whether a pointer hovers. A phone without a mouse may report one at the place of the last touch. */
export const hovers = ({ pointerType }: PointerEvent): boolean => pointerType !== "touch" && !isTouched();

/**
 * Whether the device most likely has an on-screen keyboard, which opens with the focus and covers half of the
 * page.
 */
export const isTouched = (): boolean => matchMedia("(hover: none) and (pointer: coarse)").matches;
