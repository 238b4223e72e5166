/**
 * The messages that others post while the user is here, for a screen reader and for notifications. Messages
 * from before the room was live for the first time are history and are not among them.
 */
import { signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Author, Message, Room } from "../../src/client/index.ts";

/** How many of the newest messages are offered to a screen reader. */
const MOST_ANNOUNCED = 5;

export class LiveMessages {
  /** The last few. */
  readonly latest: Signal<readonly Message[]> = signal([]);
  #wasLive = false;

  constructor(room: Room, me: ReadonlySignal<Author | undefined>, onMessage: (message: Message) => void) {
    room.subscribe((change) => {
      if (change.type === "status" && change.status.status === "live") this.#wasLive = true;
    });
    room.on("message", (message) => {
      if (!this.#wasLive || message.author.id === me.peek()?.id) return;
      this.latest.value = [...this.latest.peek(), message].slice(-MOST_ANNOUNCED);
      onMessage(message);
    });
  }
}
