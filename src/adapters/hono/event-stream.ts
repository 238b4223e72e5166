/**
 * The HTTP response of an event stream (H1), to which the app's event stream writes.
 */
import type { HttpBindings } from "@hono/node-server";
import { Effect } from "effect";
import type { Admitted } from "../../app/admission/admission.ts";
import type { From } from "../../app/fan-out/joining.ts";
import type { LogUnavailable } from "../../app/ports/event-log.ts";
import type { EventStream, StreamSink } from "../../app/session/event-stream.ts";
import type { RoomName } from "../../domain/room-name.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import type { HttpDependencies } from "./dependencies.ts";
import { takenBytes } from "./taken-bytes.ts";

export const STREAM_HEADERS = {
  "Content-Type": "text/event-stream; charset=utf-8",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
} as const;

const ENCODER = new TextEncoder();

/** How long the rest of a stream that has ended may take to leave (ms). */
const LINGER_MS = 10_000;

class ResponseBody implements StreamSink {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #incoming: HttpBindings["incoming"];
  readonly #outgoing: HttpBindings["outgoing"];
  readonly #highWaterMark: number;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  /** Called when the reader has read everything that was sent. */
  onDrained: () => void = () => {};
  /** Called when the reader is gone. */
  onCancel: () => void = () => {};

  constructor(highWaterMark: number, { incoming, outgoing }: HttpBindings) {
    this.#highWaterMark = highWaterMark;
    this.#incoming = incoming;
    this.#outgoing = outgoing;
    this.stream = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.onDrained(),
        cancel: () => {
          this.#controller = undefined;
          this.onCancel();
        },
      },
      new ByteLengthQueuingStrategy({ highWaterMark }),
    );
  }

  get unsent(): number {
    const { desiredSize = this.#highWaterMark } = this.#controller ?? {};
    return this.#highWaterMark - (desiredSize ?? this.#highWaterMark) + this.#incoming.socket.writableLength;
  }

  get taken(): number {
    return takenBytes(this.#incoming.socket);
  }

  write(chunk: Outgoing): void {
    chunk.bytes ??= ENCODER.encode(chunk.text);
    this.#controller?.enqueue(chunk.bytes);
  }

  end(): void {
    const controller = this.#controller;
    this.#controller = undefined;
    controller?.close();
    setTimeout(() => {
      if (!this.#outgoing.writableFinished) this.terminate();
    }, LINGER_MS).unref();
  }

  terminate(): void {
    this.#incoming.socket.destroy();
  }
}

/**
 * Opens the stream. Succeeds with the response once its beginning is known. Its end releases the admission.
 */
export const openEventStream = (
  room: RoomName,
  from: From,
  admitted: Admitted,
  bindings: HttpBindings,
  { gateway, settings }: Pick<HttpDependencies, "gateway" | "settings">,
): Effect.Effect<Response, LogUnavailable> =>
  Effect.gen(function* () {
    const body = new ResponseBody(settings.slowReaderBytes, bindings);
    let opened: EventStream | undefined;
    let cancelled = false;
    body.onCancel = () => {
      cancelled = true;
      opened?.end();
    };
    const stream = yield* gateway.openStream(room, from, body, admitted);
    opened = stream;
    body.onDrained = () => stream.drained();
    if (cancelled) stream.end();
    return new Response(body.stream, { headers: STREAM_HEADERS });
  });
