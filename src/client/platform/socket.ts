/**
 * The port to the network: one WebSocket, as little of it as the client needs. Browsers and Node 22 or later have one of their own; any
 * other that behaves like theirs can be passed in, and tests pass in one that they script.
 */
export interface SocketHandlers {
  readonly opened: () => void;
  readonly received: (text: string) => void;
  /** Comes once and last, however it ended; 1006 where the network gave no code. */
  readonly closed: (code: number) => void;
}

export interface Socket {
  readonly send: (text: string) => void;
  /** Nothing is told to the handlers any more, whatever the network still does. */
  readonly close: (code: number) => void;
}

export type OpenSocket = (url: string, protocol: string, handlers: SocketHandlers) => Socket;

/** What the platforms' WebSockets and the package `ws` have in common. */
export interface PlatformSocket {
  readonly readyState: number;
  send(data: string): void;
  close(code?: number): void;
  addEventListener(type: "open" | "error", listener: () => void): void;
  addEventListener(type: "message", listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(type: "close", listener: (event: { readonly code: number }) => void): void;
}
export type PlatformSockets = new (url: string, protocols: string[]) => PlatformSocket;

const OPEN = 1;

/** Sockets of the platform's own kind, or of the class that is given. */
export const platformSockets =
  (WebSocket: PlatformSockets = globalThis.WebSocket): OpenSocket =>
  (url, protocol, handlers) => {
    const socket = new WebSocket(url, [protocol]);
    let heeded = true;
    socket.addEventListener("open", () => {
      if (heeded) handlers.opened();
    });
    socket.addEventListener("message", ({ data }) => {
      if (heeded && typeof data === "string") handlers.received(data);
    });
    // An error is always followed by the close; without a listener `ws` would throw it.
    socket.addEventListener("error", () => {});
    socket.addEventListener("close", ({ code }) => {
      if (!heeded) return;
      heeded = false;
      handlers.closed(code);
    });
    return {
      send(text) {
        if (socket.readyState === OPEN) socket.send(text);
      },
      close(code) {
        heeded = false;
        socket.close(code);
      },
    };
  };
