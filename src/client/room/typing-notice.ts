/**
 * Tells the others that the user is typing, at most once in `TYPING_EVERY_MS`.
 */
import type { RoomName } from "../../domain/room-name.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { RoomHost } from "./room-host.ts";

/** Shorter than a signal lasts (`TYPING_LASTS_MS`), so that it does not lapse between two notices. */
export const TYPING_EVERY_MS = 3_000;

export class TypingNotice {
  readonly #room: RoomName;
  readonly #host: RoomHost;
  #sentAt = Number.NEGATIVE_INFINITY;

  constructor(room: RoomName, host: RoomHost) {
    this.#room = room;
    this.#host = host;
  }

  /** The user has typed something. */
  send(connection: ConnectionId | undefined): void {
    const now = this.#host.clock.now();
    if (connection === undefined || now - this.#sentAt < TYPING_EVERY_MS) return;
    this.#sentAt = now;
    this.#host.connections.send(connection, { type: "typing", room: this.#room });
  }

  /** A message of the user ends the typing for everyone who sees it, so the next notice goes out at once. */
  reset(): void {
    this.#sentAt = Number.NEGATIVE_INFINITY;
  }
}
