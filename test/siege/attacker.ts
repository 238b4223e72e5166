/**
 * One address from which attacks come: bare WebSockets and raw connections that behave as no client does.
 * Whatever the service does to it is fine.
 */
import { connect, type Socket } from "node:net";
import { WebSocket } from "ws";

export class Attacker {
  readonly #port: number;
  readonly #address: string;

  constructor(port: number, address: string) {
    this.#port = port;
    this.#address = address;
  }

  get headers(): Readonly<Record<string, string>> {
    return { "x-forwarded-for": this.#address };
  }

  /** A request over HTTP; undefined where there was no answer. */
  async request(path: string, init: RequestInit = {}): Promise<Response | undefined> {
    try {
      return await fetch(`http://127.0.0.1:${this.#port}${path}`, {
        ...init,
        headers: { ...this.headers, ...(init.headers instanceof Headers ? {} : init.headers) },
      });
    } catch {
      return undefined;
    }
  }

  /** A WebSocket that has said hello; undefined where it was refused. */
  open(name: string): Promise<WebSocket | undefined> {
    const socket = new WebSocket(`ws://127.0.0.1:${this.#port}/ws`, "gapless.v1", { headers: this.headers });
    socket.on("error", () => undefined);
    return new Promise((resolve) => {
      socket.once("close", () => resolve(undefined));
      socket.once("open", () => {
        socket.send(JSON.stringify({ type: "hello", name }));
        resolve(socket);
      });
    });
  }

  /** A raw connection. */
  raw(): Promise<Socket | undefined> {
    const socket = connect(this.#port, "127.0.0.1");
    socket.on("error", () => undefined);
    return new Promise((resolve) => {
      socket.once("close", () => resolve(undefined));
      socket.once("connect", () => resolve(socket));
    });
  }

  requestHead(method: string, path: string, ...more: readonly string[]): string {
    const lines = [
      `${method} ${path} HTTP/1.1`,
      "Host: 127.0.0.1",
      `X-Forwarded-For: ${this.#address}`,
      ...more,
    ];
    return `${lines.join("\r\n")}\r\n\r\n`;
  }
}

export const say = (socket: WebSocket, frame: Readonly<Record<string, unknown>>): void => {
  if (socket.readyState === WebSocket.OPEN) socket.send(JSON.stringify(frame));
};
