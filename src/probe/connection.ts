/**
 * One connection of a visitor: it says hello, joins the room, and writes down all that it is told, before it makes any sense of it. It repairs nothing, so
 * that what the server did is what is seen. It ends itself where nothing has come for two beats (W6).
 */
import { WebSocket } from "ws";
import type { ClientMessage } from "../client/connection/client-message.ts";
import { CUT } from "../client/connection/close-codes.ts";
import { CONNECT_WITHIN_MS } from "../client/connection/connection.ts";
import type { RoomEvent } from "../domain/event.ts";
import type { Head } from "../domain/position.ts";
import { SUBPROTOCOL } from "../wire/protocol.ts";
import type { Ack, ErrorFrame, Joined, Welcome } from "../wire/server-frame.ts";
import type { Sighting } from "./oracle.ts";
import type { SharedFrames } from "./shared-frames.ts";

export interface ConnectionOptions {
  readonly url: string;
  readonly room: string;
  readonly name: string;
  readonly token: string | undefined;
  /** Where to go on from; undefined: from now. */
  readonly after: Head | undefined;
  readonly frames: SharedFrames;
}

export interface ConnectionHandlers {
  readonly welcomed: (frame: Welcome) => void;
  readonly joined: (frame: Joined) => void;
  /** `live` where they were not missed before. */
  readonly saw: (events: readonly RoomEvent[], live: boolean) => void;
  readonly acknowledged: (frame: Ack) => void;
  readonly refused: (frame: ErrorFrame) => void;
  readonly askedToGo: (afterMs: number) => void;
  /** Comes once and last, unless this side closed it. `why` is the network's own word, where it has one. */
  readonly closed: (code: number, why: string) => void;
}

export class Connection {
  readonly openedAt = performance.now();
  readonly sightings: Sighting[] = [];
  readonly #options: ConnectionOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #socket: WebSocket;
  #heardAt = this.openedAt;
  #watch: ReturnType<typeof setInterval>;
  #why = "";
  #over = false;

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
    this.#watch = this.#expectWithin(CONNECT_WITHIN_MS);
    const socket = new WebSocket(options.url, [SUBPROTOCOL], { perMessageDeflate: false });
    this.#socket = socket;
    socket.on("open", () => {
      this.send({ type: "hello", ref: "hello", name: options.name, token: options.token });
      this.join();
    });
    socket.on("message", (data) => this.#take(String(data)));
    socket.on("error", ({ message }) => {
      this.#why = message;
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

  /** Ends it without a word, as a network does. */
  cut(): void {
    this.#socket.terminate();
  }

  /** Ends it; nothing is told to the handlers any more. */
  close(code: number): void {
    this.#over = true;
    clearInterval(this.#watch);
    this.#socket.close(code);
  }

  #expectWithin(ms: number): ReturnType<typeof setInterval> {
    return setInterval(() => {
      if (performance.now() - this.#heardAt < ms) return;
      this.cut();
      this.#end(CUT);
    }, ms / 4);
  }

  #end(code: number): void {
    clearInterval(this.#watch);
    if (this.#over) return;
    this.#over = true;
    this.#handlers.closed(code, this.#why);
  }

  #take(text: string): void {
    if (this.#over) return;
    this.#heardAt = performance.now();
    const frame = this.#options.frames.decode(text);
    switch (frame?.type) {
      case "welcome":
        clearInterval(this.#watch);
        this.#watch = this.#expectWithin(2 * frame.heartbeatMs);
        return this.#handlers.welcomed(frame);
      case "joined": {
        const { replay, head, events } = frame;
        this.sightings.push({ tag: "joined", replay, head, events, after: this.#options.after?.seq ?? 0 });
        this.#handlers.joined(frame);
        return this.#handlers.saw(events, false);
      }
      case "events":
        this.sightings.push({ tag: "events", events: frame.events });
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
