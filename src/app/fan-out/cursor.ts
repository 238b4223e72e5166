/**
 * Subscribers of a room, and their cursors: the place of each in the room's log.
 */
import type { Author } from "../../domain/event.ts";
import type { Head } from "../../domain/position.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import type { Replay } from "../../wire/server-frame.ts";
import type { Batch } from "./batch.ts";

/** The beginning of a subscription, or its new beginning after a reset. */
export type Start = Replay & {
  readonly room: RoomName;
  readonly head: Head;
  readonly batch: Batch;
  readonly more: boolean;
  readonly members: readonly Author[];
  readonly memberCount: number;
};

/**
 * A reader of a room: a room subscription or an event stream. All calls are synchronous and must not throw.
 */
export interface Subscriber {
  readonly connection: ConnectionId;
  /** Whether more than the bound is unsent. The feed must not push to a congested subscriber (D4). */
  readonly congested: boolean;
  /** Called before anything else, and again whenever the log lost its tail (R4). */
  readonly start: (start: Start) => void;
  readonly events: (batch: Batch) => void;
  /** A `signal` or `members` frame. */
  readonly notice: (frame: Outgoing) => void;
}

/** The place of a subscriber in the log. */
export class Cursor {
  readonly subscriber: Subscriber;
  /** The last entry that it got. Undefined while it is live: then it stands at the feed's head. */
  behind: Head | undefined;
  ended = false;
  /** Called once when the subscriber is no longer congested. */
  onDrained: (() => void) | undefined;

  constructor(subscriber: Subscriber, behind: Head | undefined) {
    this.subscriber = subscriber;
    this.behind = behind;
  }
}
