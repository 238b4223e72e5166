/**
 * The port of signals, which go to all instances and are never stored (P5). A signal may be lost, so nothing
 * may depend on it.
 */
import { Context } from "effect";
import type { Author } from "../../domain/event.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";

export interface Typing {
  readonly kind: "typing";
  readonly user: Author;
  /** The connection of the sender, which does not get the signal. */
  readonly connection: ConnectionId;
}

export class Signals extends Context.Service<
  Signals,
  {
    /** Returns at once. Failures are ignored. */
    readonly publish: (room: RoomName, signal: Typing) => void;
    /** Calls `onSignal` with the room's signals of all instances, until the returned function is called. */
    readonly subscribe: (room: RoomName, onSignal: (signal: Typing) => void) => () => void;
  }
>()("gapless/Signals") {}
