/**
 * The services that a chat offers to each of its rooms.
 */
import type { Author } from "../../domain/event.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { SenderHost } from "../outbox/sender.ts";

export interface RoomHost extends SenderHost {
  /** Undefined until the first welcome. */
  readonly user: Author | undefined;
  /** The connections on which rooms can be joined now. */
  readonly greeted: () => readonly ConnectionId[];
  /** The room was left: the chat no longer lists it. */
  readonly left: (room: string) => void;
}
