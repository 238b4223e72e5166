/**
 * A minimal client that keeps the protocol: it remembers a position for each room, resumes from it on every
 * new connection, and sends a command again, with its key, until it has an answer. It does not use
 * src/client, so that both are unlikely to have the same fault. It records everything that it receives for
 * the oracle before it interprets it.
 */
import { WebSocket } from "ws";
import type { AckRecord, Observation, ClientRecord } from "../../src/probe/oracle.ts";
import { decodeFrame, type Frame, type FrameOf } from "./wire-schema.ts";

const RETRY_MS = 50;

interface Pending {
  readonly room: string;
  readonly key: string;
  readonly text: string;
  readonly settle: (ack: FrameOf<"ack">) => void;
  readonly fail: (error: Error) => void;
}

interface Room {
  position: string;
  joined: boolean;
  readonly observations: Observation[];
  /** The waits for a `seq`. */
  readonly waiting: { readonly seq: number; readonly done: () => void }[];
  seq: number;
}

export class ResumingClient {
  readonly name: string;
  readonly acks: AckRecord[] = [];
  /** The number of its connections so far. */
  connections = 0;
  /** The first violation of the protocol. */
  offence: unknown;
  #user = "";
  #token: string | undefined;
  #socket: WebSocket | undefined;
  #closing = false;
  readonly #url: string;
  readonly #rooms = new Map<string, Room>();
  readonly #pending = new Map<string, Pending>();

  constructor(url: string, name: string, rooms: readonly string[]) {
    this.#url = url;
    this.name = name;
    for (const room of rooms) {
      this.#rooms.set(room, { position: "0-0", joined: false, observations: [], waiting: [], seq: 0 });
    }
    this.#connect();
  }

  /** Posts with one key, as often as necessary. */
  post(room: string, text: string): Promise<FrameOf<"ack">> {
    return new Promise((settle, fail) => {
      const pending = { room, key: crypto.randomUUID(), text, settle, fail };
      this.#pending.set(pending.key, pending);
      this.#send(pending);
    });
  }

  /** Waits until it has everything up to a `seq`. */
  reached(name: string, seq: number): Promise<void> {
    const room = this.#room(name);
    if (room.seq >= seq) return Promise.resolve();
    return new Promise((done) => {
      room.waiting.push({ seq, done });
    });
  }

  /** What it received, for the oracle. */
  records(): readonly ClientRecord[] {
    return [...this.#rooms].map(([room, { observations }]) => ({
      client: this.name,
      room,
      observations,
      connectedAtEnd: true,
    }));
  }

  close(): void {
    this.#closing = true;
    this.#socket?.close(1000);
  }

  #room(name: string): Room {
    const room = this.#rooms.get(name);
    if (room === undefined) throw new Error(`${this.name} is not in ${name}`);
    return room;
  }

  #connect(): void {
    if (this.#closing) return;
    const socket = new WebSocket(this.#url, ["gapless.v1"], { perMessageDeflate: false });
    this.#socket = socket;
    socket.on("open", () => {
      this.connections += 1;
      this.#write({ type: "hello", name: this.name, token: this.#token });
      for (const room of this.#rooms.keys()) this.#join(room);
    });
    socket.on("message", (data) => {
      try {
        this.#take(decodeFrame(String(data)));
      } catch (offence) {
        this.offence ??= offence;
        socket.terminate();
      }
    });
    socket.on("error", () => undefined);
    socket.once("close", () => {
      for (const room of this.#rooms.values()) room.joined = false;
      setTimeout(() => this.#connect(), RETRY_MS);
    });
  }

  #write(frame: object): void {
    if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(frame));
  }

  #join(room: string): void {
    this.#write({ type: "join", ref: `join ${room}`, room, after: this.#room(room).position });
  }

  #send({ room, key, text }: Pending): void {
    if (this.#room(room).joined) this.#write({ type: "post", ref: key, room, key, text });
  }

  /** Only on the same connection: a new connection sends everything again anyway. */
  #later(ms: number, act: () => void): void {
    const socket = this.#socket;
    setTimeout(() => {
      if (this.#socket === socket) act();
    }, ms);
  }

  #take(frame: Frame): void {
    switch (frame.type) {
      case "welcome":
        this.#token = frame.token;
        this.#user = frame.user.id;
        return;
      case "joined": {
        const room = this.#room(frame.room);
        room.joined = true;
        const { replay, head, events } = frame;
        this.#see(room, { tag: "joined", replay, head, events });
        for (const pending of this.#pending.values()) {
          if (pending.room === frame.room) this.#send(pending);
        }
        return;
      }
      case "events":
        this.#see(this.#room(frame.room), { tag: "events", events: frame.events });
        return;
      case "ack":
        this.#acknowledge(frame);
        return;
      case "error":
        this.#refused(frame);
        return;
      case "left":
      case "page":
      case "signal":
      case "members":
      case "heartbeat":
      case "goaway":
        return;
    }
  }

  #see(room: Room, observation: Observation): void {
    room.observations.push(observation);
    const last = observation.events.at(-1);
    if (last === undefined) return;
    room.position = last.id;
    room.seq = last.seq;
    for (const { done } of room.waiting.filter(({ seq }) => seq <= room.seq)) done();
    room.waiting.splice(0, room.waiting.length, ...room.waiting.filter(({ seq }) => seq > room.seq));
  }

  #acknowledge(ack: FrameOf<"ack">): void {
    const pending = this.#pending.get(ack.ref);
    if (pending === undefined) return;
    this.#pending.delete(ack.ref);
    const { id, seq, room } = ack;
    this.acks.push({ client: this.name, user: this.#user, room, key: pending.key, id, seq });
    pending.settle(ack);
  }

  #refused(error: FrameOf<"error">): void {
    const { ref = "", code } = error;
    const room = ref.startsWith("join ") ? ref.slice("join ".length) : undefined;
    if (room !== undefined && code === "unavailable") {
      this.#later(RETRY_MS, () => this.#join(room));
      return;
    }
    const pending = this.#pending.get(ref);
    if (pending !== undefined && (code === "unavailable" || code === "rate_limited")) {
      this.#later(error.retryAfterMs ?? RETRY_MS, () => this.#send(pending));
      return;
    }
    const offence = new Error(`${this.name} was refused: ${JSON.stringify(error)}`);
    this.offence ??= offence;
    pending?.fail(offence);
  }
}
