/**
 * The messages of a room, folded from its events. An event changes only the message that it is about, so it
 * costs the same in a room of 50,000. An event about a message whose `message.posted` is not loaded waits
 * until it is.
 */
import type { RoomEvent } from "../../domain/event.ts";
import { evolveMessage, foldMessage, messageOf, type Message } from "../../domain/message.ts";
import type { Position } from "../../domain/position.ts";

/** A message that a fold has made or changed. */
export interface MessageChange {
  readonly type: "message";
  readonly id: Position;
  readonly message: Message;
}

const byMessage = (events: readonly RoomEvent[]): ReadonlyMap<Position, readonly RoomEvent[]> => {
  const groups = new Map<Position, RoomEvent[]>();
  for (const event of events) {
    const id = messageOf(event);
    const group = id === undefined ? undefined : groups.get(id);
    if (group !== undefined) group.push(event);
    else if (id !== undefined) groups.set(id, [event]);
  }
  return groups;
};

export class MessageFold {
  readonly #messages = new Map<Position, Message>();
  /** Events about messages that are not loaded, by message, in order. */
  readonly #waiting = new Map<Position, RoomEvent[]>();

  get(id: Position): Message | undefined {
    return this.#messages.get(id);
  }

  ids(): readonly Position[] {
    return [...this.#messages.keys()];
  }

  clear(): void {
    this.#messages.clear();
    this.#waiting.clear();
  }

  /** Folds events that follow all others. */
  fold(events: readonly RoomEvent[]): readonly MessageChange[] {
    return events.flatMap((event) => this.#foldOne(event));
  }

  /** Folds events that precede all others. */
  foldOlder(events: readonly RoomEvent[]): readonly MessageChange[] {
    const changes: MessageChange[] = [];
    for (const [id, about] of byMessage(events)) {
      if (this.#messages.has(id)) {
        changes.push(...this.fold(about));
        continue;
      }
      const all = [...about, ...(this.#waiting.get(id) ?? [])];
      const message = foldMessage(all);
      if (message === undefined) {
        this.#waiting.set(id, all);
      } else {
        this.#waiting.delete(id);
        this.#messages.set(id, message);
        changes.push({ type: "message", id, message });
      }
    }
    return changes;
  }

  #foldOne(event: RoomEvent): readonly MessageChange[] {
    const id = messageOf(event);
    if (id === undefined) return [];
    const before = this.#messages.get(id);
    const message = evolveMessage(before, event);
    if (message === undefined) this.#wait(id, event);
    if (message === undefined || message === before) return [];
    this.#messages.set(id, message);
    return [{ type: "message", id, message }];
  }

  #wait(id: Position, event: RoomEvent): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) this.#waiting.set(id, [event]);
    else waiting.push(event);
  }
}
