/**
 * What the user does in a room. Each command goes into the client's outbox; its progress and its failure show
 * as `pending` rows of the log, so no result is awaited here.
 */
import type { ReadonlySignal } from "@preact/signals";
import type { Author, IdempotencyKey, Pending, Position, Room } from "../../src/client/index.ts";

/** Whether it failed because the message that it is about, or that it answers, no longer exists. */
export const isOrphaned = ({ state }: Pending): boolean =>
  state.status === "failed" && state.code === "not_found";

const shownAsPending = (): void => {};

export class RoomCommands {
  readonly #room: Room;
  readonly #me: ReadonlySignal<Author | undefined>;
  readonly #onPost: () => void;

  constructor(room: Room, me: ReadonlySignal<Author | undefined>, onPost: () => void) {
    this.#room = room;
    this.#me = me;
    this.#onPost = onPost;
  }

  post(text: string, replyTo: Position | undefined): void {
    this.#onPost();
    void this.#room.post(text, { replyTo }).catch(shownAsPending);
  }

  edit(message: Position, text: string): void {
    void this.#room.edit(message, text).catch(shownAsPending);
  }

  delete(message: Position): void {
    void this.#room.delete(message).catch(shownAsPending);
  }

  react(message: Position, emoji: string, on: boolean): void {
    void this.#room.react(message, emoji, on).catch(shownAsPending);
  }

  /** Adds the user's reaction, or takes it back where it exists already. */
  toggleReaction(message: Position, emoji: string): void {
    const me = this.#me.peek()?.id;
    const given = this.#room.message(message)?.reactions.find((reaction) => reaction.emoji === emoji);
    this.react(message, emoji, given?.by.some((author) => author.id === me) !== true);
  }

  /**
   * Sends a failed command again. An answer to a message that no longer exists becomes a message of its own.
   */
  retry(pending: Pending): void {
    const { key, command } = pending;
    if (command.type === "post" && isOrphaned(pending) && this.#room.discard(key)) {
      this.post(command.text, undefined);
    } else void this.#room.retry(key)?.catch(shownAsPending);
  }

  discard(key: IdempotencyKey): void {
    this.#room.discard(key);
  }

  typing(): void {
    this.#room.typing();
  }
}
