/**
 * The chat as the page shows it: the connection, oneself, and the rooms that are open, over one connection.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Author } from "../../src/domain/event.ts";
import { parseRoomName, type RoomName } from "../../src/domain/room-name.ts";
import type { UserName } from "../../src/domain/user.ts";
import { read, write } from "../keep.ts";
import { goTo, routedRoom } from "../route.ts";
import type { Line } from "./line.ts";
import { RoomStore } from "./room-store.ts";

const USUAL_LENGTH = 4000;

/** The rooms that were open when the page was last here. */
const keptRooms = (): readonly RoomName[] =>
  (read("rooms") ?? "").split(" ").flatMap((raw) => {
    const parsed = parseRoomName(raw);
    return parsed.ok ? [parsed.value] : [];
  });

export class ChatStore {
  readonly name: UserName;
  readonly me: Signal<Author | undefined> = signal(undefined);
  readonly rooms: Signal<ReadonlyMap<RoomName, RoomStore>> = signal(new Map());
  readonly longest: Signal<number> = signal(USUAL_LENGTH);
  readonly newGuest: Signal<boolean> = signal(false);
  readonly outboxForgetful: Signal<boolean> = signal(false);
  readonly line: Signal<Line> = signal({ status: "connecting" });
  readonly online: ReadonlySignal<boolean>;
  readonly unread: ReadonlySignal<number>;

  constructor(name: UserName) {
    this.name = name;
    this.online = computed(() => this.line.value.status === "live");
    this.unread = computed(() =>
      [...this.rooms.value.values()].reduce((sum, room) => sum + room.unread.value, 0),
    );
    for (const room of keptRooms()) this.open(room);
  }

  open(name: RoomName): void {
    if (this.rooms.peek().has(name)) return;
    const link = {
      send: () => {},
      retry: () => {},
      discard: () => {},
      loadOlder: () => Promise.resolve(),
      typed: () => {},
    };
    this.#keep(new Map(this.rooms.peek()).set(name, new RoomStore(name, link, this.me)));
  }

  leave(name: RoomName): void {
    const rooms = new Map(this.rooms.peek());
    rooms.delete(name);
    this.#keep(rooms);
    if (routedRoom.peek() === name) goTo(rooms.keys().next().value);
  }

  lineOf(room: RoomStore): Line {
    return this.line.value.status === "live" && !room.open.value ? { status: "joining" } : this.line.value;
  }

  wake(): void {}

  close(): void {}

  signOut(): void {
    this.close();
    write("name", undefined);
    write("rooms", undefined);
  }

  #keep(rooms: ReadonlyMap<RoomName, RoomStore>): void {
    this.rooms.value = rooms;
    write("rooms", [...rooms.keys()].join(" "));
  }
}
