/**
 * A chat as the users of the client see it: one user, one connection that reconnects by itself, and any
 * number of rooms.
 */
import type { Author } from "../../domain/event.ts";
import type { Limits } from "../../wire/server-frame.ts";
import type { ChatStatus } from "../connection/chat-status.ts";
import type { Unsubscribe } from "../listeners.ts";
import type { JoinOptions } from "../room/join-options.ts";
import type { Room } from "../room/room.ts";

export type ChatChange =
  | { readonly type: "status"; readonly status: ChatStatus }
  /**
   * Emitted when the current user is identified or changes. `replaced` is true if the server refused the old
   * token, so the user is another guest now: tell the person, because they can no longer edit their earlier
   * messages.
   */
  | { readonly type: "user"; readonly user: Author; readonly replaced: boolean }
  /** Emitted when `stored` changes. Storage can be full, or forbidden as in a private window. */
  | { readonly type: "storage"; readonly stored: boolean }
  /** The server refused a name that `rename` asked for. `message` is an English sentence for a person. */
  | { readonly type: "renameRefused"; readonly message: string };

export interface Chat {
  readonly status: ChatStatus;
  /** Undefined until the server's first `welcome`. */
  readonly user: Author | undefined;
  /** The server's limits; undefined until its first `welcome`. */
  readonly limits: Limits | undefined;
  /** False while the store lacks something that should survive a reload. */
  readonly stored: boolean;
  /** The rooms that are joined and not left, in the order of their joins. */
  readonly rooms: readonly Room[];
  /**
   * Joins a room, now or when there is a connection. The same name gives the same object until the room is
   * left. Throws a RangeError if no room can have this name (V1); `parseRoomName` checks it first.
   */
  readonly join: (name: string, options?: JoinOptions) => Room;
  /** Changes the name of a guest (W8): later events have it. A refusal is the change `renameRefused`. */
  readonly rename: (name: string) => void;
  /** Sends a new token of the same user before the old one expires (W8, A2). */
  readonly renew: (token: string) => void;
  /**
   * Call it on `online`, and when the page becomes visible. Without a connection, the client tries at once.
   * With one, it finds out within 5 s whether the server still answers.
   */
  readonly wake: () => void;
  /**
   * Says goodbye and closes the connection. Unsettled commands stay in the store. A Node program can exit
   * afterwards.
   */
  readonly close: () => void;
  /** Calls `listener` after each change. */
  readonly subscribe: (listener: (change: ChatChange) => void) => Unsubscribe;
}
