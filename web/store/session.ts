/**
 * Whether a user is signed in, and so which page is shown: the chat under the saved name, or the sign-in.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { parseUserName, type RoomName } from "../../src/client/index.ts";
import type { UserName } from "../../src/domain/user.ts";
import { NO_NAMES, type Names } from "../text/mentions.ts";
import { NO_SHARED_NAMES, type SharedNames } from "../text/shared-names.ts";
import { ChatStore, type ChatDependencies } from "./chat-store.ts";

/** The saved value with the user's name. It exists while somebody is signed in. */
export const NAME = "name";

export class Session {
  /** Undefined while nobody is signed in. */
  readonly chat: Signal<ChatStore | undefined> = signal(undefined);
  readonly #dependencies: ChatDependencies;
  /** The user's name; empty while nobody is signed in. */
  readonly ownName: ReadonlySignal<string>;
  /** The names that are known in the room that is shown. */
  readonly namesHere: ReadonlySignal<Names>;
  /** The names in that room that several users bear, or that look alike. */
  readonly sharedNamesHere: ReadonlySignal<SharedNames>;

  constructor(dependencies: ChatDependencies) {
    const { saved, route } = dependencies;
    this.#dependencies = dependencies;
    this.ownName = computed(() => this.chat.value?.me.value?.name ?? this.chat.value?.name ?? "");
    const roomHere = computed(() => {
      const room = route.room.value;
      return room === undefined ? undefined : this.chat.value?.rooms.value.get(room);
    });
    this.namesHere = computed(() => roomHere.value?.names.known.value ?? NO_NAMES);
    this.sharedNamesHere = computed(() => roomHere.value?.sharedNames.shared.value ?? NO_SHARED_NAMES);
    saved.onChangeElsewhere((name, value) => {
      if (name === NAME && value === undefined) this.#signedOutElsewhere();
    });
  }

  /** The name for the sign-in to suggest. */
  get savedName(): string {
    return this.#dependencies.saved.read(NAME) ?? "";
  }

  /** Signs in the user who was signed in when the page was closed. */
  restore(): void {
    const { roomCache, route } = this.#dependencies;
    const parsed = parseUserName(this.savedName);
    if (!parsed.ok || route.room.peek() === undefined) return;
    const chat = new ChatStore(parsed.value, this.#dependencies);
    roomCache.load();
    this.#begin(chat);
  }

  signIn(name: UserName, room: RoomName): void {
    const { saved, route } = this.#dependencies;
    saved.write(NAME, name);
    route.goTo(room);
    this.chat.peek()?.close();
    this.#begin(new ChatStore(name, this.#dependencies));
  }

  /** Signs out, and leaves nothing of the user on this device. */
  signOut(): void {
    const { saved, roomCache } = this.#dependencies;
    this.chat.peek()?.close();
    saved.forgetPerson();
    roomCache.clear();
    this.#end();
  }

  /** The other tab has already removed everything, and somebody else may have signed in there since. */
  #signedOutElsewhere(): void {
    const chat = this.chat.peek();
    if (chat === undefined) return;
    chat.close();
    this.#dependencies.roomCache.discard();
    this.#end();
  }

  #begin(chat: ChatStore): void {
    chat.begin();
    this.chat.value = chat;
  }

  #end(): void {
    this.chat.value = undefined;
    this.#dependencies.route.goTo(undefined);
  }
}
