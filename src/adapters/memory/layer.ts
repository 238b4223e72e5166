/**
 * The adapters in memory as one layer: all ports of the store, on one `MemoryStore` that other instances may
 * share. For tests and simulations; nothing outlives the process.
 */
import { Context, Effect, Layer } from "effect";
import { EventLog } from "../../app/ports/event-log.ts";
import { History } from "../../app/ports/history.ts";
import { LogTail } from "../../app/ports/log-tail.ts";
import { PresenceBoard } from "../../app/ports/presence-board.ts";
import { Retention } from "../../app/ports/retention.ts";
import { Revisions } from "../../app/ports/revisions.ts";
import { Signals } from "../../app/ports/signals.ts";
import { eventLog } from "./event-log.ts";
import { Followers } from "./followers.ts";
import { history } from "./history.ts";
import type { MemoryStore } from "./memory-store.ts";
import type { Later } from "./options.ts";
import { presenceBoard } from "./presence-board.ts";
import { retention } from "./retention.ts";
import { revisions } from "./revisions.ts";
import { signals } from "./signals.ts";

export { MemoryStore } from "./memory-store.ts";
export type { MemoryOptions } from "./options.ts";

interface InstanceOptions {
  readonly store: MemoryStore;
  /** A microtask if left out. */
  readonly later?: Later;
}

export const layerMemory = ({
  store,
  later = queueMicrotask,
}: InstanceOptions): Layer.Layer<
  EventLog | History | LogTail | Retention | PresenceBoard | Signals | Revisions
> =>
  Layer.effectContext(
    Effect.gen(function* () {
      const followers = new Followers(store, later);
      yield* Effect.addFinalizer(() => Effect.sync(() => followers.end()));
      return Context.make(EventLog, eventLog(store)).pipe(
        Context.add(History, history(store)),
        Context.add(LogTail, followers),
        Context.add(Retention, retention(store)),
        Context.add(PresenceBoard, presenceBoard(store)),
        Context.add(Signals, signals(store, later)),
        Context.add(Revisions, revisions(store)),
      );
    }),
  );
