/**
 * H1: a room's log as Server-Sent Events. The stream is a subscriber of the room's feed like any WebSocket, and no member of the room.
 */
import { Effect, Exit, Scope } from "effect";
import type { Start, Subscriber } from "../../app/fan-out/cursor.ts";
import type { From } from "../../app/fan-out/joining.ts";
import type { Batch, BatchEncoder } from "../../app/fan-out/batch.ts";
import type { LogUnavailable } from "../../app/ports/event-log.ts";
import type { ConnectionId } from "../../domain/presence.ts";
import type { RoomName } from "../../domain/room-name.ts";
import { encodeEventStream, encodeReset, STREAM_HEARTBEAT } from "../../wire/event-stream.ts";
import { Outgoing } from "../../wire/outgoing.ts";
import type { HttpDependencies } from "./dependencies.ts";

/** How long a reader waits before it comes back, in ms. */
const RETRY = "retry: 1000\n\n";

const EVENT_STREAM: BatchEncoder = (_, entries) => new Outgoing(encodeEventStream(entries));

class EventStream implements Subscriber {
  readonly connection: ConnectionId;
  readonly body: ReadableStream<Uint8Array>;
  readonly #encoder = new TextEncoder();
  readonly #slowBytes: number;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  onDrained: () => void = () => {};

  constructor(connection: ConnectionId, slowBytes: number, onCancel: () => void) {
    this.connection = connection;
    this.#slowBytes = slowBytes;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.onDrained(),
        cancel: onCancel,
      },
      new ByteLengthQueuingStrategy({ highWaterMark: slowBytes }),
    );
  }

  get congested(): boolean {
    return (this.#controller?.desiredSize ?? this.#slowBytes) <= 0;
  }

  start(start: Start): void {
    const reset = start.replay === "reset" ? encodeReset(start.reason) : "";
    this.write(RETRY + reset + start.batch.encoded(EVENT_STREAM).text);
  }

  events(batch: Batch): void {
    const stream = batch.encoded(EVENT_STREAM);
    stream.bytes ??= this.#encoder.encode(stream.text);
    this.#controller?.enqueue(stream.bytes);
  }

  notice(): void {
    // Signals and counts are of those who have joined.
  }

  write(text: string): void {
    this.#controller?.enqueue(this.#encoder.encode(text));
  }

  end(): void {
    const controller = this.#controller;
    this.#controller = undefined;
    controller?.close();
  }
}

/** Opens the stream: the response, once it is known where it starts. */
export const openEventStream = (
  room: RoomName,
  from: From,
  connection: ConnectionId,
  dependencies: Pick<HttpDependencies, "feeds" | "gateway" | "settings" | "run">,
): Effect.Effect<Response, LogUnavailable> =>
  Effect.gen(function* () {
    const { feeds, gateway, settings, run } = dependencies;
    const scope = yield* Scope.make();
    const close = (): void => {
      clearInterval(beat);
      forgetDrain();
      void run(Scope.close(scope, Exit.void));
    };
    const stream = new EventStream(connection, settings.slowReaderBytes, close);
    const beat = setInterval(() => {
      if (!stream.congested) stream.write(STREAM_HEARTBEAT);
    }, settings.heartbeatMs);
    const forgetDrain = gateway.onDrain(() => {
      close();
      stream.end();
    });
    const { cursor } = yield* feeds.subscribe(room, stream, from).pipe(
      Scope.provide(scope),
      Effect.onError(() => Effect.sync(close)),
    );
    stream.onDrained = () => cursor.onDrained?.();
    return new Response(stream.body, {
      headers: {
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        "X-Accel-Buffering": "no",
      },
    });
  });
