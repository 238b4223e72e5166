/**
 * How far the user has read a room, in this tab or in another one, and where the line above the new messages
 * stands.
 *
 * The marker only moves forward. The line stays where it was drawn until the user looks away.
 */
import { signal, type Signal } from "@preact/signals";
import { comparePositions, parsePosition, type Position, type RoomName } from "../../src/client/index.ts";
import type { PageFocus } from "../device/device.ts";
import type { SavedValues } from "../storage/saved-values.ts";

const positionIn = (text: string | undefined): Position | undefined => {
  const parsed = parsePosition(text ?? "");
  return parsed.ok ? parsed.value : undefined;
};

const isAhead = (to: Position | undefined, from: Position | undefined): to is Position =>
  to !== undefined && (from === undefined || comparePositions(to, from) > 0);

/** The name of the saved value. */
export const readMarkerName = (room: RoomName): string => `read.${room}`;

export class ReadMarker {
  /** The last event that was read. */
  readonly readUpTo: Signal<Position | undefined>;
  /** The last event above the line that marks the new messages. */
  readonly newAfter: Signal<Position | undefined>;
  readonly #saved: SavedValues;
  readonly #focus: PageFocus;
  readonly #savedAs: string;

  constructor(room: RoomName, saved: SavedValues, focus: PageFocus) {
    this.#saved = saved;
    this.#focus = focus;
    this.#savedAs = readMarkerName(room);
    this.readUpTo = signal(positionIn(saved.read(this.#savedAs)));
    this.newAfter = signal(this.readUpTo.peek());
  }

  /** Marks everything up to an event as read, if the user looks at the page. */
  advance(to: Position | undefined): void {
    if (!this.#focus.isLooking() || !isAhead(to, this.readUpTo.peek())) return;
    this.readUpTo.value = to;
    this.#saved.write(this.#savedAs, to);
  }

  /** Another tab has moved the marker. */
  advanceElsewhere(to: string | undefined): void {
    const position = positionIn(to);
    if (!isAhead(position, this.readUpTo.peek())) return;
    this.readUpTo.value = position;
    this.lookAway();
  }

  /** The user looks away: messages that come from now on are new when they look again. */
  lookAway(): void {
    this.newAfter.value = this.readUpTo.peek();
  }
}
