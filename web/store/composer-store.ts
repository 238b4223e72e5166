/**
 * What the user is about to send in a room: a new message, an answer, or an edit. The draft of a new message
 * is saved by room; it outlives reloads and is still there after an edit. If the message that an answer or an
 * edit is about is deleted meanwhile, the text becomes a new message, and no word of it is lost.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Message, Position, RoomName } from "../../src/client/index.ts";
import type { SavedValues } from "../storage/saved-values.ts";

export type Mode =
  | { readonly type: "new" }
  /** New, because the message that it was about has been deleted. */
  | { readonly type: "orphaned" }
  | { readonly type: "reply"; readonly to: Message }
  | { readonly type: "edit"; readonly message: Message };

const NEW: Mode = { type: "new" };

/** The name of the saved value. */
export const draftName = (room: RoomName): string => `draft.${room}`;

export class ComposerStore {
  readonly mode: Signal<Mode> = signal(NEW);
  /** Grows with each request to focus the text box. */
  readonly focusRequests: Signal<number> = signal(0);
  readonly text: ReadonlySignal<string>;
  readonly #saved: SavedValues;
  readonly #savedAs: string;
  readonly #draft: Signal<string>;
  readonly #edited: Signal<string> = signal("");

  constructor(room: RoomName, saved: SavedValues) {
    this.#saved = saved;
    this.#savedAs = draftName(room);
    this.#draft = signal(saved.read(this.#savedAs) ?? "");
    this.text = computed(() => (this.mode.value.type === "edit" ? this.#edited.value : this.#draft.value));
  }

  write(text: string): void {
    if (this.mode.value.type === "edit") {
      this.#edited.value = text;
      return;
    }
    this.#draft.value = text;
    this.#saved.write(this.#savedAs, text === "" ? undefined : text);
  }

  /** Another tab has changed the draft. */
  takeDraft(draft: string | undefined): void {
    this.#draft.value = draft ?? "";
  }

  reply(to: Message): void {
    this.mode.value = { type: "reply", to };
    this.focusRequests.value += 1;
  }

  edit(message: Message): void {
    this.#edited.value = message.text ?? "";
    this.mode.value = { type: "edit", message };
    this.focusRequests.value += 1;
  }

  /** Messages have changed: the one that the text is about may be deleted. */
  follow(find: (id: Position) => Message | undefined): void {
    const mode = this.mode.peek();
    if (mode.type !== "reply" && mode.type !== "edit") return;
    const about = mode.type === "reply" ? mode.to : mode.message;
    if (find(about.id)?.deleted !== true) return;
    const edited = this.#edited.peek();
    this.mode.value = { type: "orphaned" };
    if (mode.type === "reply" || edited === mode.message.text) return;
    const draft = this.#draft.peek();
    this.write(draft === "" ? edited : `${draft}\n${edited}`);
  }

  /** Returns to the new message and its draft. */
  cancel(): void {
    this.mode.value = NEW;
  }

  /** The text has been sent. */
  done(): void {
    this.write("");
    this.cancel();
  }
}
