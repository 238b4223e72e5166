/**
 * The services that a chat offers to each of its rooms.
 */
import type { Author } from "../../domain/event.ts";
import type { Notice, Request } from "../connection/client-message.ts";
import type { ConnectionId } from "../connection/connection-state.ts";
import type { ReplyHandler } from "../connection/pending-replies.ts";
import type { SenderHost } from "../outbox/sender.ts";

export interface RoomHost extends SenderHost {
  /** Undefined until the first welcome. */
  readonly user: Author | undefined;
  /** The connections on which rooms can be joined now. */
  readonly greeted: () => readonly ConnectionId[];
  readonly send: (connection: ConnectionId, notice: Notice) => void;
  /** Sends a request; the handler gets its reply. */
  readonly request: (connection: ConnectionId, request: Request, handle: ReplyHandler) => void;
  /** The room was left: the chat no longer lists it. */
  readonly left: (room: string) => void;
}
