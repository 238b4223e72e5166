/**
 * One WebSocket connection: it sends and receives frames, and watches for silence (W6). It reports that it is
 * silent; it does not decide what follows.
 */
import { decodeServerFrame } from "../../wire/decode-server-frame.ts";
import { SUBPROTOCOL } from "../../wire/protocol.ts";
import type { ServerFrame } from "../../wire/server-frame.ts";
import type { Clock } from "../platform/clock.ts";
import type { OpenSocket, Socket } from "../platform/socket.ts";
import type { ClientMessage } from "./client-message.ts";

/** How long a connection may take until its `welcome`. */
export const CONNECT_WITHIN_MS = 10_000;
/** How long the server may take to answer a probe. */
export const ANSWER_WITHIN_MS = 5_000;

export interface ConnectionHandlers {
  readonly opened: () => void;
  readonly received: (frame: ServerFrame) => void;
  readonly closed: (code: number) => void;
  /** Nothing was heard for too long. */
  readonly silent: () => void;
}

export class Connection {
  readonly #clock: Clock;
  readonly #handlers: ConnectionHandlers;
  readonly #socket: Socket;
  #heardAt: number;
  #longestSilence = CONNECT_WITHIN_MS;
  #cancelTimer: () => void = () => {};

  constructor(url: string, openSocket: OpenSocket, clock: Clock, handlers: ConnectionHandlers) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#heardAt = clock.now();
    this.#watch(CONNECT_WITHIN_MS);
    this.#socket = openSocket(url, SUBPROTOCOL, {
      opened: handlers.opened,
      received: (text) => this.#receive(text),
      closed: (code) => {
        this.#cancelTimer();
        handlers.closed(code);
      },
    });
  }

  send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** Called at each `welcome`: from then on, a connection that is silent for two heartbeats is dead. */
  expectEvery(heartbeatMs: number): void {
    this.#longestSilence = 2 * heartbeatMs;
    this.#watch(this.#longestSilence);
  }

  /** A probe was just sent: if nothing is heard within `ANSWER_WITHIN_MS`, the connection is dead. */
  expectAnswer(): void {
    const askedAt = this.#clock.now();
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ANSWER_WITHIN_MS, () => {
      if (this.#heardAt < askedAt) this.#handlers.silent();
      else this.#check();
    });
  }

  close(code: number): void {
    this.#cancelTimer();
    this.#socket.close(code);
  }

  #receive(text: string): void {
    this.#heardAt = this.#clock.now();
    const frame = decodeServerFrame(text);
    if (frame !== undefined) this.#handlers.received(frame);
  }

  /** One timer, which is set again when it fires and not at each frame. */
  #watch(ms: number): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#clock.after(ms, () => this.#check());
  }

  #check(): void {
    const left = this.#heardAt + this.#longestSilence - this.#clock.now();
    if (left <= 0) this.#handlers.silent();
    else this.#watch(left);
  }
}
