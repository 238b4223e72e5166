/**
 * The port Signals in memory: subscribers are called in a later turn, so that publishing returns at once.
 */
import type { Signals } from "../../app/ports/signals.ts";
import type { MemoryStore } from "./memory-store.ts";

export const signals = ({ signals, options }: MemoryStore): Signals["Service"] => {
  const later = options.later ?? queueMicrotask;
  return {
    publish: (room, signal) => later(() => signals.tell(room, signal)),
    subscribe: (room, onSignal) => signals.add(room, onSignal),
  };
};
