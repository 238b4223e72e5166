/**
 * One connection of a probe client: it sends `hello`, joins the room, and records every frame before it
 * processes it.
 *
 * It corrects nothing, so the record shows exactly what the server sent. It ends itself if nothing has come
 * for two heartbeats (W6).
 */
import { WebSocket } from "ws";
import type { ClientMessage } from "../client/connection/client-message.ts";
import { CUT } from "../client/connection/close-codes.ts";
import { CONNECT_WITHIN_MS } from "../client/connection/connection.ts";
import type { RoomEvent } from "../domain/event.ts";
import type { Head } from "../domain/position.ts";
import { SUBPROTOCOL } from "../wire/protocol.ts";
import type { Ack, ErrorFrame, Joined, Welcome } from "../wire/server-frame.ts";
import type { Observation } from "./oracle.ts";
import type { SharedFrames } from "./shared-frames.ts";

export interface ConnectionOptions {
  readonly url: string;
  readonly room: string;
  readonly name: string;
  readonly token: string | undefined;
  /** The position to resume from. Undefined: start with new events. */
  readonly after: Head | undefined;
  readonly frames: SharedFrames;
}

export interface ConnectionHandlers {
  readonly welcomed: (frame: Welcome) => void;
  readonly joined: (frame: Joined) => void;
  /** `live`: the events came in an `events` frame, not with `joined`. */
  readonly saw: (events: readonly RoomEvent[], live: boolean) => void;
  readonly acknowledged: (frame: Ack) => void;
  readonly refused: (frame: ErrorFrame) => void;
  readonly askedToGo: (afterMs: number) => void;
  /**
   * Called once, as the last, unless this side closed the connection. `why` is the network error, if there
   * was one.
   */
  readonly closed: (code: number, why: string) => void;
}

export class Connection {
  readonly openedAt = performance.now();
  readonly observations: Observation[] = [];
  readonly #options: ConnectionOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #socket: WebSocket;
  #lastReceivedAt = this.openedAt;
  #watch: ReturnType<typeof setInterval>;
  #networkError = "";
  #ended = false;

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#watch = this.#endIfSilentFor(CONNECT_WITHIN_MS);
    const socket = new WebSocket(options.url, [SUBPROTOCOL], { perMessageDeflate: false });
    this.#socket = socket;
    socket.on("open", () => {
      this.send({ type: "hello", ref: "hello", name: options.name, token: options.token });
      this.join();
    });
    socket.on("message", (data) => this.#receive(String(data)));
    socket.on("error", ({ message }) => {
      this.#networkError = message;
    });
    socket.once("close", (code) => this.#end(code));
  }

  send(message: ClientMessage): void {
    if (this.#socket.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(message));
  }

  join(): void {
    const { room, after } = this.#options;
    this.send({ type: "join", ref: "join", room, after: after?.id, limit: 0 });
  }

  /** Cuts the connection without a close frame, as a network failure does. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Closes the connection. No handler is called afterwards. */
  close(code: number): void {
    this.#ended = true;
    clearInterval(this.#watch);
    this.#socket.close(code);
  }

  #endIfSilentFor(ms: number): ReturnType<typeof setInterval> {
    return setInterval(() => {
      if (performance.now() - this.#lastReceivedAt < ms) return;
      this.cut();
      this.#end(CUT);
    }, ms / 4);
  }

  #end(code: number): void {
    clearInterval(this.#watch);
    if (this.#ended) return;
    this.#ended = true;
    this.#handlers.closed(code, this.#networkError);
  }

  #receive(text: string): void {
    if (this.#ended) return;
    this.#lastReceivedAt = performance.now();
    const frame = this.#options.frames.decode(text);
    switch (frame?.type) {
      case "welcome":
        clearInterval(this.#watch);
        this.#watch = this.#endIfSilentFor(2 * frame.heartbeatMs);
        return this.#handlers.welcomed(frame);
      case "joined": {
        const { replay, head, events } = frame;
        this.observations.push({ tag: "joined", replay, head, events, after: this.#options.after?.seq ?? 0 });
        this.#handlers.joined(frame);
        return this.#handlers.saw(events, false);
      }
      case "events":
        this.observations.push({ tag: "events", events: frame.events });
        return this.#handlers.saw(frame.events, true);
      case "ack":
        return this.#handlers.acknowledged(frame);
      case "error":
        return this.#handlers.refused(frame);
      case "goaway":
        return this.#handlers.askedToGo(frame.afterMs);
      case "left":
      case "page":
      case "signal":
      case "members":
      case "heartbeat":
      case undefined:
        return;
    }
  }
}
