/**
 * Whether one is signed in, and so which of the two pages there is: a chat under the name that is kept, or none.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { RoomName } from "../../src/domain/room-name.ts";
import { parseUserName, type UserName } from "../../src/domain/user.ts";
import { onElsewhere, read, write } from "../storage/saved-values.ts";
import { callOff, loadKept } from "../storage/room-cache.ts";
import { NO_NAMES, type Names } from "../text/mentions.ts";
import { goTo, routedRoom } from "../route.ts";
import { ChatStore } from "./chat-store.ts";

export const keptName = (): string => read("name") ?? "";

const keptChat = (): ChatStore | undefined => {
  const parsed = parseUserName(keptName());
  return parsed.ok && routedRoom.peek() !== undefined ? new ChatStore(parsed.value) : undefined;
};

export const chat: Signal<ChatStore | undefined> = signal(undefined);

/** Who was signed in when the page closed is so again. The device is read, and the connection comes about, while the page is already there. */
export const comeBack = (): void => {
  const store = keptChat();
  if (store === undefined) return;
  loadKept();
  store.begin();
  chat.value = store;
};

/** The name under which one is here; empty while one is not. */
export const ownName: ReadonlySignal<string> = computed(
  () => chat.value?.me.value?.name ?? chat.value?.name ?? "",
);

/** The names that are known in the room that is shown. */
export const namesHere: ReadonlySignal<Names> = computed(() => {
  const room = routedRoom.value;
  const store = room === undefined ? undefined : chat.value?.rooms.value.get(room);
  return store?.names.known.value ?? NO_NAMES;
});

export const signIn = (name: UserName, room: RoomName): void => {
  write("name", name);
  goTo(room);
  chat.peek()?.close();
  const store = new ChatStore(name);
  store.begin();
  chat.value = store;
};

/** Goes, and leaves nothing of oneself behind on this device. */
export const signOut = (): void => {
  chat.peek()?.signOut();
  chat.value = undefined;
  goTo(undefined);
};

// Who signs out in one tab is gone in all of them. What was kept has been forgotten there; somebody else may have come in since.
onElsewhere((name, value) => {
  if (name !== "name" || value !== undefined || chat.peek() === undefined) return;
  chat.peek()?.close();
  callOff();
  chat.value = undefined;
  goTo(undefined);
});
