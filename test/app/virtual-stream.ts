/**
 * A reader of a virtual instance's event stream (H1), without a network.
 */
import { Exit } from "effect";
import type { EventStream, StreamSink } from "../../src/app/session/event-stream.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import type { Outgoing } from "../../src/wire/outgoing.ts";
import type { VirtualInstance } from "./virtual-deployment.ts";

export class VirtualStream implements StreamSink {
  readonly chunks: string[] = [];
  unsent = 0;
  taken = 0;
  ended = false;
  /** The reason, if it was not admitted. */
  notAdmitted: string | undefined;
  readonly #instance: VirtualInstance;
  #stream: EventStream | undefined;

  constructor(instance: VirtualInstance, room: string, address = "192.0.2.1") {
    this.#instance = instance;
    const name = parseRoomName(room);
    if (!name.ok) throw new Error(`not a room: ${room}`);
    const credentials = { tag: "reader", token: undefined } as const;
    const admitted = instance.admit({ way: "stream", address, credentials });
    if (typeof admitted === "string") {
      this.notAdmitted = admitted;
      return;
    }
    const opened = instance.now(
      instance.gateway.openStream(name.value, { after: undefined, limit: 0 }, this, admitted),
    );
    if (Exit.isSuccess(opened)) this.#stream = opened.value;
  }

  /** The reader reads the unsent bytes. */
  drain(): void {
    this.taken += this.unsent;
    this.unsent = 0;
    this.#instance.process.turn(() => this.#stream?.drained());
    this.#instance.deployment.advance(0);
  }

  /** The reader ends the stream. */
  hangUp(): void {
    this.#instance.process.turn(() => this.#stream?.end());
    this.#instance.deployment.advance(0);
  }

  write({ text }: Outgoing): void {
    this.chunks.push(text);
  }

  terminate(): void {
    this.hangUp();
  }

  end(): void {
    this.ended = true;
  }
}
