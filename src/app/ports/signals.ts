/**
 * The port to what is told to all instances and never stored (P5): it may be lost, and nothing may depend on it.
 */
import { Context } from "effect";
import type { Author } from "../../domain/event.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";

export interface Typing {
  readonly kind: "typing";
  readonly user: Author;
  /** The connection that it comes from, which does not get it back. */
  readonly connection: ConnectionId;
}

export class Signals extends Context.Service<
  Signals,
  {
    /** Returns at once, whatever becomes of it. */
    readonly publish: (room: RoomName, signal: Typing) => void;
    /** Calls back with the room's signals of all instances, this one's included, until it is told to stop. */
    readonly subscribe: (room: RoomName, onSignal: (signal: Typing) => void) => () => void;
  }
>()("gapless/Signals") {}
