/**
 * A proxy with a fault: it passes on HTTP and frames, but drops or repeats one `events` frame, or swaps it
 * with the next one. The oracle must find the fault.
 */
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { WebSocket, WebSocketServer } from "ws";
import type { Upstream } from "./front-end.ts";

export type ProxyFault = "drop" | "repeat" | "swap";

/** The frames of a connection that pass before the fault. */
const FRAMES_BEFORE = 5;

/** The frames that one connection passes on in place of each frame. */
const withFault = (fault: ProxyFault): ((text: string) => readonly string[]) => {
  let seen = 0;
  let kept: string | undefined;
  return (text) => {
    if (!text.includes(`"type":"events"`)) return [text];
    seen += 1;
    if (kept !== undefined) {
      const late = kept;
      kept = undefined;
      return [text, late];
    }
    if (seen !== FRAMES_BEFORE) return [text];
    if (fault === "repeat") return [text, text];
    if (fault === "swap") kept = text;
    return [];
  };
};

export class FaultyProxy {
  readonly #server = createServer((request, response) => void this.#answer(request, response));
  readonly #sockets = new WebSocketServer({ server: this.#server });
  readonly #upstream: Upstream;
  /** Only the first client meets the fault. */
  #fault: ProxyFault | undefined;

  private constructor(upstream: Upstream, fault: ProxyFault) {
    this.#upstream = upstream;
    this.#fault = fault;
    this.#sockets.on("connection", (client) => this.#carry(client));
  }

  static async start(upstream: Upstream, fault: ProxyFault): Promise<FaultyProxy> {
    const proxy = new FaultyProxy(upstream, fault);
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get url(): string {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the proxy is closed");
    return `http://127.0.0.1:${address.port}`;
  }

  close(): void {
    for (const client of this.#sockets.clients) client.terminate();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #answer({ url = "" }: IncomingMessage, response: ServerResponse): Promise<void> {
    const honest = await fetch(`http://127.0.0.1:${this.#upstream.port}${url}`, {
      headers: { accept: "application/json" },
    });
    response.writeHead(honest.status).end(await honest.text());
  }

  #carry(client: WebSocket): void {
    const tell = this.#fault === undefined ? (text: string) => [text] : withFault(this.#fault);
    this.#fault = undefined;
    const server = new WebSocket(`ws://127.0.0.1:${this.#upstream.port}/ws`, ["gapless.v1"]);
    const early: string[] = [];
    client.on("message", (data) => {
      if (server.readyState === WebSocket.OPEN) server.send(String(data));
      else early.push(String(data));
    });
    server.on("open", () => {
      for (const text of early) server.send(text);
    });
    server.on("message", (data) => {
      for (const text of tell(String(data))) client.send(text);
    });
    server.on("error", () => client.terminate());
    server.once("close", () => client.terminate());
    client.once("close", () => server.terminate());
  }
}
