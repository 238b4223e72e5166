/**
 * A WebSocket connection as the transport of the app's session.
 *
 * Frames are written directly to the socket, as bytes that were encoded once. The library `ws` reads, answers
 * pings and closes. Both write only whole frames in one synchronous step, so their frames do not mix.
 */
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import type { Counters } from "../../app/instance/counters.ts";
import type { Transport } from "../../app/session/transport.ts";
import { CLOSE, type CloseCode } from "../../wire/protocol.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import { frameOf } from "./frame.ts";
import { takenBytes } from "./taken-bytes.ts";

/** The time (ms) for a client whose frames are no longer read to receive the close frame. */
const LINGER_MS = 1_000;

/** Closes, and reads no further byte: further data of the client is neither decoded nor buffered. */
export const closeUnread = (ws: WebSocket, socket: Socket, code: CloseCode, reason: string): void => {
  ws.removeAllListeners("message");
  ws.close(code, reason);
  ws.pause();
  // The connection ends after the close frame, so that a client that reads sees both.
  socket.end();
  setTimeout(() => ws.terminate(), LINGER_MS).unref();
};

const isAbuse = (code: CloseCode): boolean => code === CLOSE.flooding || code === CLOSE.brokeProtocol;

export class SocketTransport implements Transport {
  readonly #ws: WebSocket;
  readonly #socket: Socket;
  readonly #counters: Counters;

  constructor(ws: WebSocket, socket: Socket, counters: Counters) {
    this.#ws = ws;
    this.#socket = socket;
    this.#counters = counters;
  }

  get unsent(): number {
    return this.#socket.writableLength;
  }

  get taken(): number {
    return takenBytes(this.#socket);
  }

  send(frame: Outgoing): void {
    if (this.#ws.readyState !== WebSocket.OPEN || !this.#socket.writable) return;
    const bytes = frameOf(frame);
    this.#counters.framesOut += 1;
    this.#counters.bytesOut += bytes.length;
    this.#socket.write(bytes);
  }

  ping(): void {
    if (this.#ws.readyState === WebSocket.OPEN) this.#ws.ping();
  }

  pause(): void {
    this.#ws.pause();
  }

  resume(): void {
    this.#ws.resume();
  }

  close(code: CloseCode, reason: string): void {
    if (isAbuse(code)) return closeUnread(this.#ws, this.#socket, code, reason);
    this.#ws.removeAllListeners("message");
    // A paused socket would not see that the client closes.
    this.#ws.resume();
    this.#ws.close(code, reason);
  }

  terminate(): void {
    this.#ws.terminate();
  }
}
