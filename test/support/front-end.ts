/**
 * A stand-in for the platform's front end: a TCP proxy in front of any number of instances. As the real one
 * does, it sends each new connection to a random instance, without affinity, cuts a connection at the request
 * timeout, and ends an instance with SIGTERM, and SIGKILL 10 s later. A test can also make it cut, delay or
 * swallow bytes, in one direction or both, while each end believes that it is connected.
 */
import { connect, createServer, type Server, type Socket } from "node:net";
import type { Exit } from "./instance.ts";
import type { SeededRandom } from "./seeded-random.ts";

/** The direction in which bytes are swallowed. */
export type Swallowed = "toServer" | "toClient" | "both";

/** A server behind the front end, usually an `Instance`. */
export interface Upstream {
  readonly port: number;
}

/** An upstream that can be stopped and killed. */
export interface Retirable extends Upstream {
  readonly stop: () => Promise<Exit>;
  readonly kill: () => Promise<Exit>;
}

/** The time between SIGTERM and SIGKILL. */
const TERMINATION_MS = 10_000;

export interface FrontEndOptions {
  readonly random: SeededRandom;
  /** The longest lifetime of a connection. */
  readonly requestTimeoutMs?: number;
}

/** One connection through the front end. */
export class Link {
  readonly instance: Upstream;
  readonly #client: Socket;
  readonly #server: Socket;
  readonly #onEnd: (link: Link) => void;
  #delayMs = 0;
  #swallows: Swallowed | undefined;

  constructor(client: Socket, instance: Upstream, onEnd: (link: Link) => void) {
    this.instance = instance;
    this.#client = client;
    this.#onEnd = onEnd;
    this.#server = connect({ port: instance.port, host: "127.0.0.1", noDelay: true });
    client.setNoDelay(true);
    this.#carry(client, this.#server, "toServer");
    this.#carry(this.#server, client, "toClient");
    for (const socket of [client, this.#server]) {
      socket.on("error", () => this.cut());
      socket.once("close", () => this.cut());
    }
  }

  /** Resets the connection at both ends at once. */
  cut(): void {
    this.#client.resetAndDestroy();
    this.#server.resetAndDestroy();
    this.#onEnd(this);
  }

  /** Drops all bytes from now on, without closing the connection. */
  swallow(what: Swallowed): void {
    this.#swallows = what;
  }

  /** Delays all bytes from now on. They stay in order. */
  delay(ms: number): void {
    this.#delayMs = ms;
  }

  #carry(from: Socket, to: Socket, direction: Swallowed): void {
    const pass = (act: () => void): void => {
      if (this.#delayMs === 0) act();
      else setTimeout(act, this.#delayMs);
    };
    from.on("data", (bytes) => {
      if (this.#swallows === "both" || this.#swallows === direction) return;
      pass(() => {
        if (to.writable && !to.write(bytes)) {
          from.pause();
          to.once("drain", () => from.resume());
        }
      });
    });
    from.once("end", () => pass(() => to.end()));
  }
}

export class FrontEnd {
  readonly #server: Server;
  readonly #random: SeededRandom;
  readonly #links = new Set<Link>();
  #instances: readonly Upstream[] = [];

  private constructor(options: FrontEndOptions) {
    this.#random = options.random;
    this.#server = createServer({ allowHalfOpen: true }, (client) => this.#admit(client, options));
  }

  static start(instances: readonly Upstream[], options: FrontEndOptions): Promise<FrontEnd> {
    const frontEnd = new FrontEnd(options);
    frontEnd.#instances = instances;
    return new Promise((resolve, reject) => {
      frontEnd.#server.once("error", reject);
      frontEnd.#server.listen(0, "127.0.0.1", () => resolve(frontEnd));
    });
  }

  #admit(client: Socket, { requestTimeoutMs }: FrontEndOptions): void {
    if (this.#instances.length === 0) {
      client.resetAndDestroy();
      return;
    }
    const link = new Link(client, this.#random.pick(this.#instances), (ended) => {
      this.#links.delete(ended);
      clearTimeout(timeout);
    });
    const timeout =
      requestTimeoutMs === undefined ? undefined : setTimeout(() => link.cut(), requestTimeoutMs);
    this.#links.add(link);
  }

  get port(): number {
    const address = this.#server.address();
    if (typeof address !== "object" || address === null) throw new Error("the front end is closed");
    return address.port;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get webSocketUrl(): string {
    return `ws://127.0.0.1:${this.port}/ws`;
  }

  get links(): readonly Link[] {
    return [...this.#links];
  }

  /**
   * Sends new connections to these instances. Open connections stay. Without instances, connections are
   * refused.
   */
  routeTo(instances: readonly Upstream[]): void {
    this.#instances = instances;
  }

  /** Cuts a random connection. */
  cutOne(): void {
    if (this.#links.size > 0) this.#random.pick(this.links).cut();
  }

  cutAll(): void {
    for (const link of this.#links) link.cut();
  }

  /**
   * Ends an instance as the platform does: no new connections, SIGTERM, and SIGKILL if it still runs 10 s
   * later.
   */
  async retire(instance: Retirable): Promise<Exit> {
    this.routeTo(this.#instances.filter((one) => one !== instance));
    const kill = setTimeout(() => void instance.kill(), TERMINATION_MS);
    const exit = await instance.stop();
    clearTimeout(kill);
    return exit;
  }

  close(): Promise<void> {
    this.cutAll();
    return new Promise((resolve) => {
      this.#server.close(() => resolve());
    });
  }
}
