/**
 * A WebSocket client with minimal cost, so that the bench measures the server and not the load. It is a TCP
 * socket that does the handshake and sends frames masked with zeros. It passes received data on as bytes,
 * with frame headers. All sockets of the process read into one buffer. It answers no pings.
 */
import { connect, type Socket } from "node:net";

const END_OF_HEAD = "\r\n\r\n";
const UPGRADED = "HTTP/1.1 101";
/** All sockets share it, since each read is processed before the next one. */
const READ_BUFFER = Buffer.allocUnsafe(1 << 18);

const handshake = (port: number): string =>
  `GET /ws HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n` +
  `Sec-WebSocket-Protocol: gapless.v1${END_OF_HEAD}`;

/** One masked text frame; a key of zeros leaves the payload as it is. */
const frame = (text: string): Buffer => {
  const length = Buffer.byteLength(text);
  if (length > 0xffff) throw new Error(`a frame of ${length} bytes is too long for the bench`);
  const header = length < 126 ? [0x81, 0x80 | length] : [0x81, 0xfe, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([...header, 0, 0, 0, 0]), Buffer.from(text)]);
};

export class RawSocket {
  /** Called with received bytes. They are valid only until it returns. */
  onBytes: (bytes: Buffer) => void = () => undefined;
  readonly #socket: Socket;

  private constructor(socket: Socket) {
    this.#socket = socket;
  }

  static open(port: number): Promise<RawSocket> {
    return new Promise((resolve, reject) => {
      let opened: RawSocket | undefined;
      const receive = (bytes: Buffer): void => {
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
        buffer: READ_BUFFER,
        callback: (length: number): boolean => {
          receive(READ_BUFFER.subarray(0, length));
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
