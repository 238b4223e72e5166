/**
 * A WebSocket client that costs next to nothing: a TCP socket, the handshake, frames masked with zeros, and what comes handed on as bytes,
 * frame headers and all, from one buffer that all sockets of the process read into. A load generator must not be what a bench measures.
 * It answers no pings.
 */
import { connect, type Socket } from "node:net";

const END_OF_HEAD = "\r\n\r\n";
const UPGRADED = "HTTP/1.1 101";
/** Shared, since what is read is taken in before anything else is. */
const READ = Buffer.allocUnsafe(1 << 18);

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
  /** Gets what has come; the bytes are good until it returns. */
  onBytes: (bytes: Buffer) => void = () => undefined;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(port: number): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      let opened: RawSocket | undefined;
      const take = (bytes: Buffer): void => {
        if (opened !== undefined) {
          opened.onBytes(bytes);
        } else if (bytes.includes(UPGRADED) && bytes.includes(END_OF_HEAD)) {
          opened = new RawSocket(socket);
          resolve(opened);
        } else {
          reject(new Error(`no upgrade: ${bytes.toString("latin1", 0, 100)}`));
        }
      };
      const onread = {
        buffer: READ,
        callback: (length: number): boolean => {
          take(READ.subarray(0, length));
          return true;
        },
      };
      const socket = connect({ port, host: "127.0.0.1", noDelay: true, onread });
      socket.once("error", reject);
      socket.once("close", () => reject(new Error("the server closed the connection")));
      socket.write(handshake(port));
    });
  }

  send(...texts: readonly string[]): void {
    this.#socket.write(Buffer.concat(texts.map(frame)));
  }
}
