/**
 * One connection: frames instead of text, and a watch for silence (W6). It knows whether it is alive, not what to do about it.
 */
import { decodeServerFrame } from "../../wire/decode-server-frame.ts";
import { SUBPROTOCOL } from "../../wire/protocol.ts";
import type { ServerFrame } from "../../wire/server-frame.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Clock } from "../platform/clock.ts";
import type { OpenSocket, Socket } from "../platform/socket.ts";

/** How long a connection may take until its `welcome`. */
export const CONNECT_WITHIN_MS = 10_000;
/** How long one that is asked whether it is still there may take to answer. */
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
  #patience = CONNECT_WITHIN_MS;
  #cancel: () => void = () => {};

  constructor(url: string, openSocket: OpenSocket, clock: Clock, handlers: ConnectionHandlers) {
    this.#clock = clock;
    this.#handlers = handlers;
    this.#heardAt = clock.now();
    this.#watch(CONNECT_WITHIN_MS);
    this.#socket = openSocket(url, SUBPROTOCOL, {
      opened: handlers.opened,
      received: (text) => this.#receive(text),
      closed: (code) => {
        this.#cancel();
        handlers.closed(code);
      },
    });
  }

  send(message: ClientMessage): void {
    this.#socket.send(JSON.stringify(message));
  }

  /** From its `welcome` on, a connection that says nothing for two beats is dead. */
  expectEvery(heartbeatMs: number): void {
    this.#patience = 2 * heartbeatMs;
    this.#watch(this.#patience);
  }

  /** It was just asked for something: no answer is an answer, soon. */
  expectAnswer(): void {
    const askedAt = this.#clock.now();
    this.#cancel();
    this.#cancel = this.#clock.after(ANSWER_WITHIN_MS, () => {
      if (this.#heardAt < askedAt) this.#handlers.silent();
      else this.#check();
    });
  }

  close(code: number): void {
    this.#cancel();
    this.#socket.close(code);
  }

  #receive(text: string): void {
    this.#heardAt = this.#clock.now();
    const frame = decodeServerFrame(text);
    if (frame !== undefined) this.#handlers.received(frame);
  }

  /** One timer, moved on when it rings rather than at each frame. */
  #watch(ms: number): void {
    this.#cancel();
    this.#cancel = this.#clock.after(ms, () => this.#check());
  }

  #check(): void {
    const left = this.#heardAt + this.#patience - this.#clock.now();
    if (left <= 0) this.#handlers.silent();
    else this.#watch(left);
  }
}
