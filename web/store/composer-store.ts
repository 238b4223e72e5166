/**
 * What one is about to say in a room: a new message, an answer, or another wording of an earlier one. The draft of a new message is kept
 * by room, over reloads and while one edits an earlier one. Where the message that it is about is deleted meanwhile, it becomes a new one,
 * and no word of it is lost.
 */
import { computed, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Message } from "../../src/domain/message.ts";
import type { Position } from "../../src/domain/position.ts";
import type { RoomName } from "../../src/domain/room-name.ts";
import { read, write } from "../storage/saved-values.ts";

export type Mode =
  | { readonly type: "new" }
  /** New, after the message that it was about has been deleted. */
  | { readonly type: "orphaned" }
  | { readonly type: "reply"; readonly to: Message }
  | { readonly type: "edit"; readonly message: Message };

const NEW: Mode = { type: "new" };

export class ComposerStore {
  readonly mode: Signal<Mode> = signal(NEW);
  /** Grows with each call for the focus. */
  readonly calls: Signal<number> = signal(0);
  readonly text: ReadonlySignal<string>;
  readonly #keptAs: string;
  readonly #draft: Signal<string>;
  readonly #rewording: Signal<string> = signal("");

  constructor(room: RoomName) {
    this.#keptAs = `draft.${room}`;
    this.#draft = signal(read(this.#keptAs) ?? "");
    this.text = computed(() => (this.mode.value.type === "edit" ? this.#rewording.value : this.#draft.value));
  }

  write(text: string): void {
    if (this.mode.value.type === "edit") {
      this.#rewording.value = text;
      return;
    }
    this.#draft.value = text;
    write(this.#keptAs, text === "" ? undefined : text);
  }

  /** The draft as another tab has it now. */
  take(draft: string | undefined): void {
    this.#draft.value = draft ?? "";
  }

  reply(to: Message): void {
    this.mode.value = { type: "reply", to };
    this.calls.value += 1;
  }

  edit(message: Message): void {
    this.#rewording.value = message.text ?? "";
    this.mode.value = { type: "edit", message };
    this.calls.value += 1;
  }

  /** Messages have changed: the one that this is about may be gone. */
  follow(find: (id: Position) => Message | undefined): void {
    const mode = this.mode.peek();
    if (mode.type !== "reply" && mode.type !== "edit") return;
    const about = mode.type === "reply" ? mode.to : mode.message;
    if (find(about.id)?.deleted !== true) return;
    const rewording = this.#rewording.peek();
    this.mode.value = { type: "orphaned" };
    if (mode.type === "reply" || rewording === mode.message.text) return;
    const draft = this.#draft.peek();
    this.write(draft === "" ? rewording : `${draft}\n${rewording}`);
  }

  /** Back to a new message; its draft is still there. */
  cancel(): void {
    this.mode.value = NEW;
  }

  /** What was about to be said has been. */
  done(): void {
    this.write("");
    this.cancel();
  }
}
