/**
 * A WebSocket connection as the app's transport.
 *
 * Frames are written to the socket as bytes that were built once; `ws` reads, answers pings and closes. The two don't mix
 * within a frame, since each writes whole frames in one synchronous step.
 */
import type { Socket } from "node:net";
import { WebSocket } from "ws";
import type { Counters } from "../../app/instance/counters.ts";
import type { Transport } from "../../app/session/transport.ts";
import { CLOSE, type CloseCode } from "../../wire/protocol.ts";
import type { Outgoing } from "../../wire/outgoing.ts";
import { frameOf } from "./frame.ts";
import { takenBytes } from "./taken-bytes.ts";

/** How long a client that is not read any more has to take in why (ms). */
const LINGER_MS = 1_000;

/** Closes, and reads no further byte: what the client still sends is neither decoded nor buffered. */
export const closeUnread = (ws: WebSocket, socket: Socket, code: CloseCode, reason: string): void => {
  ws.removeAllListeners("message");
  ws.close(code, reason);
  ws.pause();
  // The end of the connection follows the close frame, so that a client that reads sees both.
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
    // A paused socket would not see the client's own close.
    this.#ws.resume();
    this.#ws.close(code, reason);
  }

  terminate(): void {
    this.#ws.terminate();
  }
}
