/**
 * A chat on a scripted network and a virtual clock, and helpers to observe it.
 */
import type { Chat, ChatChange } from "../../src/client/chat/chat.ts";
import type { ConnectOptions } from "../../src/client/chat/connect-options.ts";
import { connect } from "../../src/client/chat/connect.ts";
import type { Room, RoomChange } from "../../src/client/room/room.ts";
import { memoryStore, type Store } from "../../src/client/platform/store.ts";
import { Service } from "./service.ts";
import { VirtualClock } from "./virtual-clock.ts";
import { Wires } from "./wires.ts";

export interface World {
  readonly clock: VirtualClock;
  readonly wires: Wires;
  readonly service: Service;
  readonly store: Store;
  readonly chat: Chat;
  readonly changes: readonly ChatChange[];
}

export interface Given extends Partial<ConnectOptions> {
  readonly clock?: VirtualClock;
  readonly service?: Service;
}

/** Lets the promises that are settled call their handlers. */
export const settled = (): Promise<void> => new Promise((done) => setImmediate(done));

let keys = 0;

/** A world in which no connection is served until the test does so. */
export const quietWorld = (given: Given = {}): World => {
  const { clock = new VirtualClock(), store = memoryStore(), service, ...options } = given;
  const wires = new Wires();
  const changes: ChatChange[] = [];
  const chat = connect({
    url: "ws://chat.example/ws",
    name: "Ada",
    store,
    openSocket: wires.open,
    clock,
    random: () => 0.5,
    newKey: () => `key-${(keys += 1)}`,
    ...options,
  });
  chat.subscribe((change) => changes.push(change));
  return { clock, wires, service: service ?? new Service(clock), store, chat, changes };
};

/** A world in which each connection is served as soon as it is opened. */
export const servedWorld = (given: Given = {}): World => {
  const world = quietWorld(given);
  world.wires.onOpen = (wire) => void world.clock.after(0, () => world.service.serve(wire));
  world.clock.after(0, () => world.service.serve(world.wires.last));
  world.clock.advance(0);
  return world;
};

export const watch = (room: Room): readonly RoomChange[] => {
  const changes: RoomChange[] = [];
  room.subscribe((change) => changes.push(change));
  return changes;
};

export const seqsOf = (room: Room): readonly number[] =>
  room.items.flatMap((item) => (item.type === "gap" ? [] : [item.seq]));

export const ofType = <C extends { readonly type: string }, T extends C["type"]>(
  changes: readonly C[],
  type: T,
): readonly Extract<C, { readonly type: T }>[] =>
  changes.filter((change): change is Extract<C, { readonly type: T }> => change.type === type);
