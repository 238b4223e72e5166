/**
 * A minimal client of the protocol: it sends and receives frames, and checks each against the tables of
 * SPEC.md. It does not resume or repair anything, so that a test sees exactly what the server did.
 */
import { once } from "node:events";
import { WebSocket, type ClientOptions } from "ws";
import { decodeFrame, type Event, type Frame, type FrameOf } from "./wire-schema.ts";

/** How long a test waits before it fails: far longer than anything takes on a busy machine. */
const WITHIN_MS = 20_000;

export interface Closed {
  readonly code: number;
  readonly reason: string;
}

export interface ConnectOptions extends ClientOptions {
  readonly protocols?: readonly string[];
}

/** A frame that answers a `ref`. */
type Answer = FrameOf<"joined" | "left" | "ack" | "page" | "error">;

interface Waiting {
  readonly test: (frame: Frame) => boolean;
  readonly resolve: (frame: Frame) => void;
  readonly fail: (why: string) => void;
}

/** The events received from one room. */
interface Heard {
  readonly live: Event[];
  readonly all: Event[];
}

const isType =
  <T extends Frame["type"]>(type: T) =>
  (frame: Frame): frame is FrameOf<T> =>
    frame.type === type;

export class WireClient {
  /** All received frames, in order. */
  readonly received: Frame[] = [];
  readonly closed: Promise<Closed>;
  readonly socket: WebSocket;
  /** The frames that no call has taken yet. */
  readonly #inbox: Frame[] = [];
  readonly #rooms = new Map<string, Heard>();
  readonly #waiting = new Set<Waiting>();
  #refs = 0;
  /** The first frame that SPEC.md does not allow. Every later call throws this error. */
  #offence: unknown;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on("message", (data, isBinary) => {
      try {
        if (isBinary) throw new Error("the server sent a binary message (W2)");
        this.#take(decodeFrame(String(data)));
      } catch (offence) {
        this.#offence ??= offence;
        socket.terminate();
      }
    });
    socket.on("error", () => undefined);
    this.closed = new Promise((resolve) => {
      socket.once("close", (code, reason) => {
        resolve({ code, reason: String(reason) });
        for (const { fail } of this.#waiting) fail(`the connection was closed with ${code}`);
      });
    });
  }

  static async connect(url: string, options: ConnectOptions = {}): Promise<WireClient> {
    const { protocols = ["gapless.v1"], ...rest } = options;
    const client = new WireClient(new WebSocket(url, [...protocols], { perMessageDeflate: false, ...rest }));
    await once(client.socket, "open");
    return client;
  }

  #take(frame: Frame): void {
    this.received.push(frame);
    if (frame.type === "joined" || frame.type === "events") {
      const { live, all } = this.#heard(frame.room);
      all.push(...frame.events);
      if (frame.type === "events") live.push(...frame.events);
    }
    for (const waiting of this.#waiting) {
      if (waiting.test(frame)) {
        this.#waiting.delete(waiting);
        waiting.resolve(frame);
        return;
      }
    }
    this.#inbox.push(frame);
  }

  send(frame: object): void {
    this.sendText(JSON.stringify(frame));
  }

  sendText(text: string): void {
    this.socket.send(text);
  }

  /** Sends bytes as one text message, even if they are not UTF-8. */
  sendBytesAsText(bytes: Uint8Array): void {
    this.socket.send(bytes, { binary: false });
  }

  sendBinary(bytes: Uint8Array): void {
    this.socket.send(bytes, { binary: true });
  }

  /** The first frame of a type that has not been taken yet. Waits for it. */
  async next<T extends Frame["type"]>(
    type: T,
    where: (frame: FrameOf<T>) => boolean = () => true,
    withinMs = WITHIN_MS,
  ): Promise<FrameOf<T>> {
    const is = isType(type);
    const frame = await this.#first((one) => is(one) && where(one), `a frame of the type ${type}`, withinMs);
    if (!is(frame)) throw new Error("a frame of another type was taken");
    return frame;
  }

  #first(test: (frame: Frame) => boolean, what: string, withinMs: number): Promise<Frame> {
    const index = this.#inbox.findIndex(test);
    const [found] = index < 0 ? [] : this.#inbox.splice(index, 1);
    if (found !== undefined) return Promise.resolve(found);
    return new Promise((resolve, reject) => {
      const fail = (why: string): void => {
        this.#waiting.delete(waiting);
        clearTimeout(timer);
        const last = JSON.stringify(this.received.slice(-5)).slice(0, 2000);
        reject(this.#offence ?? new Error(`${what} did not come: ${why}. The last frames: ${last}`));
      };
      const timer = setTimeout(() => fail(`${withinMs} ms have passed`), withinMs);
      const waiting: Waiting = {
        test,
        fail,
        resolve: (frame) => {
          clearTimeout(timer);
          resolve(frame);
        },
      };
      this.#waiting.add(waiting);
      if (this.socket.readyState === WebSocket.CLOSED) fail("the connection is closed");
    });
  }

  /** Sends a frame with a new `ref`, and returns the answer, of any type. */
  async request(frame: object): Promise<Answer> {
    this.#refs += 1;
    const ref = `r${this.#refs}`;
    this.send({ ref, ...frame });
    const answer = await this.#first(
      (one) => "ref" in one && one.ref === ref,
      `an answer to ${ref}`,
      WITHIN_MS,
    );
    switch (answer.type) {
      case "joined":
      case "left":
      case "ack":
      case "page":
      case "error":
        return answer;
      default:
        throw new Error(`a frame of the type ${answer.type} bears a ref`);
    }
  }

  /** Sends a frame, and returns the answer, which must be of this type. */
  async ask<T extends Answer["type"]>(type: T, frame: object): Promise<FrameOf<T>> {
    const answer = await this.request(frame);
    if (isType(type)(answer)) return answer;
    throw new Error(`asked for ${type}, got ${JSON.stringify(answer).slice(0, 500)}`);
  }

  async hello(name: string, token?: string): Promise<FrameOf<"welcome">> {
    this.send({ type: "hello", name, token });
    return this.next("welcome");
  }

  join(room: string, fields: object = {}): Promise<FrameOf<"joined">> {
    return this.ask("joined", { type: "join", room, ...fields });
  }

  post(room: string, text: string, fields: object = {}): Promise<FrameOf<"ack">> {
    return this.ask("ack", { type: "post", room, key: crypto.randomUUID(), text, ...fields });
  }

  /** The live events of a room so far, in order. */
  eventsOf(room: string): readonly Event[] {
    return this.#heard(room).live;
  }

  /** All events of a room so far, from each `joined` and live. */
  seenOf(room: string): readonly Event[] {
    return this.#heard(room).all;
  }

  #heard(room: string): Heard {
    const heard = this.#rooms.get(room) ?? { live: [], all: [] };
    this.#rooms.set(room, heard);
    return heard;
  }

  /** Waits until it has the event at a `seq`, from a `joined` or live. */
  async reach(room: string, seq: number, withinMs = WITHIN_MS): Promise<void> {
    const brings = (frame: Frame): boolean =>
      (frame.type === "events" || frame.type === "joined") && frame.room === room;
    const deadline = performance.now() + withinMs;
    while ((this.seenOf(room).at(-1)?.seq ?? 0) < seq) {
      await this.#first(brings, `the event at ${seq}`, deadline - performance.now());
    }
  }

  /** Waits for a live event that passes the test. It may be there already. */
  async event(room: string, where: (event: Event) => boolean, withinMs = WITHIN_MS): Promise<Event> {
    const deadline = performance.now() + withinMs;
    for (;;) {
      const found = this.eventsOf(room).find(where);
      if (found !== undefined) return found;
      await this.next("events", (frame) => frame.room === room, deadline - performance.now());
    }
  }

  /** Closes with a code, and waits until the connection has ended. */
  async close(code = 1000): Promise<Closed> {
    this.socket.close(code);
    return this.closed;
  }

  /** Ends the connection without a close frame. */
  cut(): void {
    this.socket.terminate();
  }
}

/** The HTTP status of an upgrade: 101, or the status of its refusal. */
export const upgradeStatus = async (url: string, options: ConnectOptions = {}): Promise<number> => {
  const { protocols = ["gapless.v1"], ...rest } = options;
  const socket = new WebSocket(url, [...protocols], rest);
  socket.on("error", () => undefined);
  return new Promise((resolve) => {
    socket.once("upgrade", () => {
      socket.terminate();
      resolve(101);
    });
    socket.once("unexpected-response", (request, response) => {
      request.destroy();
      resolve(response.statusCode ?? 0);
    });
  });
};
