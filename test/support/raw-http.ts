/**
 * HTTP as bytes on a socket, for requests that no proper client sends: a foreign `Host`, an upgrade of any
 * path, a body without an end, an answer that is never read.
 */
import { once } from "node:events";
import { connect, type Socket } from "node:net";

const WITHIN_MS = 20_000;

export interface RawAnswer {
  readonly status: number;
  /** The status line and the headers. */
  readonly head: string;
}

export class RawConnection {
  readonly socket: Socket;
  readonly closed: Promise<void>;
  #received = "";

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("latin1");
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once("close", () => resolve());
    });
  }

  static async open(port: number, localAddress?: string): Promise<RawConnection> {
    const socket = connect({ port, host: "127.0.0.1", ...(localAddress !== undefined && { localAddress }) });
    const connection = new RawConnection(socket);
    await once(socket, "connect");
    return connection;
  }

  /** Sends lines, and the empty line behind them. */
  send(...lines: readonly string[]): void {
    this.socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  }

  /** The next answer's status and headers. What follows them stays for `text`. */
  async answer(): Promise<RawAnswer> {
    const text = await this.until((all) => all.includes("\r\n\r\n"));
    const head = text.slice(0, text.indexOf("\r\n\r\n"));
    return { status: Number(head.split(" ")[1]), head };
  }

  /** All that has come, once it passes the test. */
  async until(test: (all: string) => boolean): Promise<string> {
    const signal = AbortSignal.timeout(WITHIN_MS);
    while (!test(this.#received)) {
      const [chunk] = await once(this.socket, "data", { signal });
      this.#received += String(chunk);
    }
    return this.#received;
  }

  cut(): void {
    this.socket.destroy();
  }
}
