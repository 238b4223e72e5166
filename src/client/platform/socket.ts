/**
 * The port to the network: one WebSocket. Browsers and Node 22 or later have a WebSocket of their own. Any
 * other class with the same methods can be passed in, and tests pass in a scripted one.
 */
export interface SocketHandlers {
  readonly opened: () => void;
  readonly received: (text: string) => void;
  /** Called once, after all others, when the connection ends. 1006 if there is no close code. */
  readonly closed: (code: number) => void;
}

export interface Socket {
  readonly send: (text: string) => void;
  /** Closes the connection. No handler is called afterwards. */
  readonly close: (code: number) => void;
}

export type OpenSocket = (url: string, protocol: string, handlers: SocketHandlers) => Socket;

/** The part of a WebSocket that the client uses. Browsers, Node 22 and the package `ws` have it. */
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

/** Opens sockets of a WebSocket class; by default the platform's own. Throws a TypeError if it has none. */
export const platformSockets = (
  WebSocket: PlatformSockets | undefined = globalThis.WebSocket,
): OpenSocket => {
  if (WebSocket === undefined) {
    throw new TypeError(
      "This platform has no WebSocket. Use Node 22 or later, or pass a WebSocket class to connect: " +
        '{ openSocket: platformSockets(WebSocket) }, with one such as that of the package "ws".',
    );
  }
  return (url, protocol, handlers) => {
    const socket = new WebSocket(url, [protocol]);
    let isOpen = true;
    socket.addEventListener("open", () => {
      if (isOpen) handlers.opened();
    });
    socket.addEventListener("message", ({ data }) => {
      if (isOpen && typeof data === "string") handlers.received(data);
    });
    // A close follows each error. Without a listener, `ws` would throw the error.
    socket.addEventListener("error", () => {});
    socket.addEventListener("close", ({ code }) => {
      if (!isOpen) return;
      isOpen = false;
      handlers.closed(code);
    });
    return {
      send(text) {
        if (socket.readyState === OPEN) socket.send(text);
      },
      close(code) {
        isOpen = false;
        socket.close(code);
      },
    };
  };
};
