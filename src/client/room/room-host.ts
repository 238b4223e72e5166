/**
 * What a room needs of the chat that it is part of.
 */
import type { Author } from "../../domain/event.ts";
import type { ClientMessage } from "../connection/client-message.ts";
import type { Clock } from "../platform/clock.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { Store } from "../platform/store.ts";

export interface RoomHost {
  readonly clock: Clock;
  readonly store: Store;
  readonly user: Author | undefined;
  readonly random: () => number;
  readonly newKey: () => string;
  readonly newRef: () => string;
  /** The connections on which a room can be joined by now. */
  readonly greeted: () => readonly ConnectionId[];
  readonly send: (connection: ConnectionId, message: ClientMessage) => void;
  /** The same within the rate of messages (L1). */
  readonly sendPaced: (connection: ConnectionId, message: ClientMessage) => void;
  /** Something is missing on this connection, or contradicts what came before. */
  readonly distrust: (connection: ConnectionId) => void;
  readonly keep: (name: string, value: string | undefined) => void;
  /** A room was left. */
  readonly forget: (room: string) => void;
}
