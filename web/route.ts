/**
 * Where the page is: `/` to sign in, `/r/<room>` in a room, and `#<event id>` at a message of it.
 */
import { signal } from "@preact/signals";
import type { Position } from "../src/domain/position.ts";
import { parseRoomName, type RoomName } from "../src/domain/room-name.ts";

const ROOM_PATH = /^\/r\/([^/]+)\/?$/;

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
};

const roomIn = (path: string): RoomName | undefined => {
  const [, raw = ""] = ROOM_PATH.exec(path) ?? [];
  const parsed = parseRoomName(decoded(raw));
  return parsed.ok ? parsed.value : undefined;
};

/** The room in the address; undefined where it names none. */
export const routedRoom = signal<RoomName | undefined>(roomIn(location.pathname));

addEventListener("popstate", () => {
  routedRoom.value = roomIn(location.pathname);
});

export const pathOf = (room: RoomName): string => `/r/${encodeURIComponent(room)}`;
export const pathOfMessage = (room: RoomName, id: Position): string => `${pathOf(room)}#${id}`;

export const goTo = (room: RoomName | undefined): void => {
  const path = room === undefined ? "/" : pathOf(room);
  if (path !== location.pathname) history.pushState(null, "", path);
  routedRoom.value = room;
};
