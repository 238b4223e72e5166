/**
 * What a room needs of the chat that it is part of.
 */
import type { Author } from "../domain/event.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Clock } from "./clock.ts";
import type { LinkId } from "./connection.ts";
import type { Store } from "./store.ts";

export interface RoomHost {
  readonly clock: Clock;
  readonly store: Store;
  readonly user: Author | undefined;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly newRef: () => string;
  /** The links on which a room can be joined by now. */
  readonly greeted: () => readonly LinkId[];
  readonly send: (link: LinkId, message: ClientMessage) => void;
  /** The same within the rate of messages (L1). */
  readonly sendPaced: (link: LinkId, message: ClientMessage) => void;
  /** Something is missing on this link, or contradicts what came before. */
  readonly distrust: (link: LinkId) => void;
  readonly keep: (name: string, value: string | undefined) => void;
  /** A room was left. */
  readonly forget: (room: string) => void;
}
