/**
 * A room subscription: one room of one connection, from joining to leaving. It is a subscriber of the room's
 * feed.
 */
import type { Scope } from "effect";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { encodeEvents, encodeJoined, encodeEventList } from "../../wire/encode.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import type { Batch, BatchEncoder } from "../fan-out/batch.ts";
import type { Start, Subscriber } from "../fan-out/cursor.ts";
import type { Subscription } from "../fan-out/feeds.ts";
import type { Transport } from "./transport.ts";

/** The events of a `joined` frame, as a JSON array. */
const EVENT_LIST: BatchEncoder = (_, entries) => new Outgoing(encodeEventList(entries));
const EVENTS_FRAME: BatchEncoder = (room, entries) =>
  new Outgoing(encodeEvents(room, encodeEventList(entries)));

export class RoomSubscription implements Subscriber {
  readonly room: RoomName;
  readonly connection: ConnectionId;
  readonly scope: Scope.Closeable;
  /** Whether the first `joined` has been sent. */
  joined = false;
  subscription: Subscription | undefined;
  readonly #transport: Transport;
  readonly #slowBytes: number;
  #ref: string | undefined;

  constructor(
    room: RoomName,
    connection: ConnectionId,
    ref: string,
    transport: Transport,
    slowBytes: number,
    scope: Scope.Closeable,
  ) {
    this.room = room;
    this.connection = connection;
    this.scope = scope;
    this.#ref = ref;
    this.#transport = transport;
    this.#slowBytes = slowBytes;
  }

  get congested(): boolean {
    return this.#transport.unsent > this.#slowBytes;
  }

  /**
   * Sends `joined`. The first one answers the `join`. A later one answers no request, and has no `ref` (R4).
   */
  start(start: Start): void {
    const { batch, ...rest } = start;
    this.#transport.send(
      new Outgoing(encodeJoined({ ...rest, events: batch.encoded(EVENT_LIST).text, ref: this.#ref })),
    );
    this.#ref = undefined;
    this.joined = true;
  }

  events(batch: Batch): void {
    this.#transport.send(batch.encoded(EVENTS_FRAME));
  }

  notice(frame: Outgoing): void {
    this.#transport.send(frame);
  }

  /** The seq of the last event that was sent (W6). Undefined before the room is joined. */
  get seq(): number | undefined {
    return this.subscription?.feed.seqOf(this.subscription.cursor);
  }

  drained(): void {
    this.subscription?.cursor.onDrained?.();
  }
}
