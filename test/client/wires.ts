/**
 * The network that a test scripts: each connection that the client opens, with the frames that it sent,
 * decoded as the server decodes them.
 */
import type { OpenSocket, SocketHandlers } from "../../src/client/platform/socket.ts";
import { decodeClientFrame, type ClientFrame } from "../../src/wire/client-frame.ts";
import type { ServerFrame } from "../../src/wire/server-frame.ts";

export class Wire {
  readonly url: string;
  readonly protocol: string;
  readonly sent: ClientFrame[] = [];
  /** The code with which the client closed it. */
  closedWith: number | undefined;
  /** Called with each frame. */
  onFrame: (frame: ClientFrame) => void = () => {};
  readonly #handlers: SocketHandlers;
  #isOver = false;

  constructor(url: string, protocol: string, handlers: SocketHandlers) {
    this.url = url;
    this.protocol = protocol;
    this.#handlers = handlers;
  }

  get isOpen(): boolean {
    return !this.#isOver;
  }

  open(): void {
    if (!this.#isOver) this.#handlers.opened();
  }

  say(frame: ServerFrame): void {
    this.text(JSON.stringify(frame));
  }

  text(text: string): void {
    if (!this.#isOver) this.#handlers.received(text);
  }

  /** Ends the connection, as the client sees it. */
  cut(code = 1006): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#handlers.closed(code);
  }

  take(text: string): void {
    if (this.#isOver) return;
    const decoded = decodeClientFrame(text);
    if (!decoded.ok)
      throw new Error(`the client sent a frame that the server cannot read: ${decoded.reason.message}`);
    this.sent.push(decoded.value);
    this.onFrame(decoded.value);
  }

  leave(code: number): void {
    this.closedWith ??= code;
    this.#isOver = true;
  }

  /** The frames of one type that the client sent, in order. */
  of<T extends ClientFrame["type"]>(type: T): readonly Extract<ClientFrame, { readonly type: T }>[] {
    return this.sent.filter(
      (frame): frame is Extract<ClientFrame, { readonly type: T }> => frame.type === type,
    );
  }
}

export class Wires {
  readonly all: Wire[] = [];
  /** Called with each new connection. */
  onOpen: (wire: Wire) => void = () => {};

  readonly open: OpenSocket = (url, protocol, handlers) => {
    const wire = new Wire(url, protocol, handlers);
    this.all.push(wire);
    this.onOpen(wire);
    return { send: (text) => wire.take(text), close: (code) => wire.leave(code) };
  };

  /** The newest connection. */
  get last(): Wire {
    const wire = this.all.at(-1);
    if (wire === undefined) throw new Error("the client has opened no connection");
    return wire;
  }
}
