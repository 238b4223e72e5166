/**
 * A WebSocket client that costs next to nothing: a TCP socket, the handshake, frames masked with zeros, and what comes handed on as bytes,
 * frame headers and all. A load generator must not be what a bench measures. It answers no pings.
 */
import { connect, type Socket } from "node:net";

const END_OF_HEAD = "\r\n\r\n";

const handshake = (port: number): string =>
  `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n` +
  `Sec-WebSocket-Protocol: gapless.v1${END_OF_HEAD}`;

/** One masked text frame; a key of zeros leaves the payload as it is. */
const frame = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  if (length > 0xffff) throw new Error("no frame of a bench is as long as that");
  const header = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), Buffer.from(text)]);
};

export class RawSocket {
  onBytes: (bytes: Buffer) => void = () => undefined;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(port: number): Promise<RawSocket> {
    const socket = connect({ port, host: "127.0.0.1", noDelay: true });
    const raw = new RawSocket(socket);
    return new Promise((resolve, reject) => {
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("the server closed the connection")));
      socket.once("data", (head: Buffer) => {
        const end = head.indexOf(END_OF_HEAD);
        if (end < 0 || !head.subarray(0, 12).equals(Buffer.from("HTTP/1.1 101"))) {
          reject(new Error(`no upgrade: ${String(head.subarray(0, 100))}`));
          return;
        }
        socket.on("data", (bytes: Buffer) => raw.onBytes(bytes));
        resolve(raw);
      });
      socket.write(handshake(port));
    });
  }

  send(...texts: readonly string[]): void {
    this.#socket.write(Buffer.concat(texts.map(frame)));
  }

  end(): void {
    this.#socket.destroy();
  }
}
