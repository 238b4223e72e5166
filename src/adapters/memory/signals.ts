/**
 * The port Signals in memory. All instances on one store hear a signal, each of them in a later turn of its
 * own.
 */
import type { Signals } from "../../app/ports/signals.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { Later } from "./options.ts";

export const signals = ({ signals }: MemoryStore, later: Later): Signals["Service"] => ({
  publish: (room, signal) => signals.tell(room, signal),
  subscribe: (room, onSignal) => {
    let stopped = false;
    const forget = signals.add(room, (signal) =>
      later(() => {
        if (!stopped) onSignal(signal);
      }),
    );
    return () => {
      stopped = true;
      forget();
    };
  },
});
