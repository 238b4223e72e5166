/**
 * The port Signals in one process. Subscribers are called in a later turn of the event loop, so publishing
 * returns at once.
 */
import type { Signals, Typing } from "../../app/ports/signals.ts";
import type { RoomName } from "../../domain/room-name.ts";

type OnSignal = (signal: Typing) => void;

export const signals = (): Signals["Service"] => {
  const rooms = new Map<RoomName, Set<OnSignal>>();
  return {
    publish: (room, signal) => {
      setImmediate(() => {
        for (const onSignal of rooms.get(room) ?? []) onSignal(signal);
      });
    },
    subscribe: (room, onSignal) => {
      // Wrapped, so that the same function may subscribe more than once.
      const call: OnSignal = (signal) => onSignal(signal);
      const subscribed = rooms.get(room) ?? new Set();
      rooms.set(room, subscribed.add(call));
      return () => {
        subscribed.delete(call);
        if (subscribed.size === 0 && rooms.get(room) === subscribed) rooms.delete(room);
      };
    },
  };
};
