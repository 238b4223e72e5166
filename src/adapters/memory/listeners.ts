/**
 * Listeners by room. The same function may be added twice; each call of `add` has its own end.
 */
import type { RoomName } from "../../domain/room-name.ts";

export class Listeners<T> {
  readonly #rooms = new Map<RoomName, Set<(value: T) => void>>();

  /** Calls back with the values of a room until the returned function is called. */
  add(room: RoomName, onValue: (value: T) => void): () => void {
    const listener = (value: T): void => onValue(value);
    const listeners = this.#rooms.get(room) ?? new Set();
    this.#rooms.set(room, listeners.add(listener));
    return () => {
      listeners.delete(listener);
      if (listeners.size === 0 && this.#rooms.get(room) === listeners) this.#rooms.delete(room);
    };
  }

  tell(room: RoomName, value: T): void {
    for (const listener of this.#rooms.get(room) ?? []) listener(value);
  }
}
