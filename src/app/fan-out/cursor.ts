/**
 * Who reads a room, and where each stands in its log.
 */
import type { Author } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import type { Replay } from "../../wire/server-frame.ts";
import type { Batch } from "./batch.ts";

/** How a subscription begins, or begins anew after a reset. */
export type Start = Replay & {
  readonly room: RoomName;
  readonly head: Head;
  readonly batch: Batch;
  readonly more: boolean;
  readonly members: readonly Author[];
  readonly memberCount: number;
};

/** Whoever reads a room: a WebSocket's session, or an event stream. All calls are synchronous and must not throw. */
export interface Subscriber {
  readonly connection: ConnectionId;
  /** More than the bound is unsent: it is not to be pushed to (D4). */
  readonly congested: boolean;
  /** Comes before anything else, and again whenever the log lost its tail (R4). */
  readonly start: (start: Start) => void;
  readonly events: (batch: Batch) => void;
  /** A `signal` or `members` frame. */
  readonly notice: (frame: Outgoing) => void;
}

/** A subscriber's place in the log. */
export class Cursor {
  readonly subscriber: Subscriber;
  /** Undefined while it is live: then it stands where the feed's head is. */
  behind: Head | undefined;
  ended = false;
  /** Called once when the subscriber has room again. */
  onDrained: (() => void) | undefined;

  constructor(subscriber: Subscriber, behind: Head | undefined) {
    this.subscriber = subscriber;
    this.behind = behind;
  }
}
