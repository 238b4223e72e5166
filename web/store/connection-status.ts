/** The status that the page shows: the connection's and, if that is live, the room's. */
import type { ChatStatus, RoomStatus, StopReason } from "../../src/client/index.ts";
import { absurd } from "../../src/domain/decision.ts";

export type ConnectionStatus =
  | { readonly status: "connecting" | "reconnecting" | "joining" | "catchingUp" }
  /** `caughtUpOn` is how many messages a resume has just brought; 0 after a few seconds. */
  | { readonly status: "live"; readonly caughtUpOn: number }
  | { readonly status: "offline"; readonly retryAt: number }
  /** The server refuses the user's join of the room. */
  | { readonly status: "refused"; readonly why: string }
  | { readonly status: "ended"; readonly reason: StopReason };

/**
 * Whether the connection was lost just now and no attempt to reconnect has failed yet. Most first attempts
 * succeed, so the page does not say "offline" until one has failed.
 */
export const isReturning = (was: ChatStatus, is: ChatStatus, wasReturning: boolean): boolean => {
  switch (is.status) {
    case "offline":
      return was.status === "live" || (was.status === "offline" && wasReturning);
    case "connecting":
      return wasReturning;
    case "live":
    case "stopped":
      return false;
    default:
      return absurd(is);
  }
};

export const connectionStatusOf = (
  chat: ChatStatus,
  room: RoomStatus,
  { caughtUpOn, returning }: { readonly caughtUpOn: number; readonly returning: boolean },
): ConnectionStatus => {
  switch (chat.status) {
    case "connecting":
      return { status: returning ? "reconnecting" : "connecting" };
    case "offline":
      return returning ? { status: "reconnecting" } : { status: "offline", retryAt: chat.retryAt };
    case "stopped":
      return { status: "ended", reason: chat.reason };
    case "live":
      return statusOfRoom(room, caughtUpOn);
    default:
      return absurd(chat);
  }
};

const statusOfRoom = (room: RoomStatus, caughtUpOn: number): ConnectionStatus => {
  switch (room.status) {
    case "waiting":
    case "joining":
    case "left":
      return { status: "joining" };
    case "catching up":
      return { status: "catchingUp" };
    case "refused":
      return { status: "refused", why: room.message };
    case "live":
      return { status: "live", caughtUpOn };
    default:
      return absurd(room);
  }
};
