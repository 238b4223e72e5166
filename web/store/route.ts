/**
 * The page's addresses: `/` for the sign-in, `/r/<room>` for a room, and `#<event id>` for a message in it.
 */
import { signal, type Signal } from "@preact/signals";
import { parseRoomName, type Position, type RoomName } from "../../src/client/index.ts";
import type { AddressBar } from "../device/device.ts";

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

export const pathOf = (room: RoomName): string => `/r/${encodeURIComponent(room)}`;
export const pathOfMessage = (room: RoomName, id: Position): string => `${pathOf(room)}#${id}`;

export class Route {
  /** The room in the address; undefined where it names none. */
  readonly room: Signal<RoomName | undefined>;
  readonly #address: AddressBar;

  constructor(address: AddressBar) {
    this.#address = address;
    this.room = signal(roomIn(address.path()));
    address.onNavigate(() => {
      this.room.value = roomIn(address.path());
    });
  }

  /** Goes to a room, or to the sign-in. */
  goTo(room: RoomName | undefined): void {
    const path = room === undefined ? "/" : pathOf(room);
    if (path !== this.#address.path()) this.#address.push(path);
    this.room.value = room;
  }
}
