/**
 * A client of a virtual instance, without a network. Its frames are served at once, and each frame that it
 * receives is checked against SPEC's tables.
 */
import type { Transport } from "../../src/app/session/transport.ts";
import type { Session } from "../../src/app/session/session.ts";
import type { CloseCode } from "../../src/wire/protocol.ts";
import type { Outgoing } from "../../src/wire/outgoing.ts";
import { decodeFrame, type Event, type Frame, type FrameOf } from "../support/wire-schema.ts";
import type { VirtualInstance } from "./virtual-deployment.ts";

const CUT = 1006;

type Fields = Readonly<Record<string, unknown>>;

const isOf =
  <T extends Frame["type"]>(type: T) =>
  (frame: Frame): frame is FrameOf<T> =>
    frame.type === type;

export class VirtualClient implements Transport {
  /** The frames that it received, in order. */
  readonly received: Frame[] = [];
  /** The time of each of these. */
  readonly #times: number[] = [];
  /** The close code from the server; 1006 where the server terminated the connection. */
  closedWith: number | undefined;
  closedAt: number | undefined;
  /** The reason, if it was not admitted. */
  notAdmitted: string | undefined;
  /** The bytes that the client has not read yet. */
  unsent = 0;
  /** The number of bytes that the client has read. */
  taken = 0;
  /** Whether the server reads the frames of the client. */
  isRead = true;
  /** A deaf client answers no ping. */
  deaf = false;
  readonly #instance: VirtualInstance;
  #session: Session | undefined;
  #release: () => void = () => {};
  #refs = 0;

  constructor(instance: VirtualInstance, address: string) {
    this.#instance = instance;
    const admitted = instance.admit({ way: "websocket", address, credentials: { tag: "none" } });
    if (typeof admitted === "string") {
      this.notAdmitted = admitted;
      return;
    }
    this.#release = admitted.release;
    instance.process.turn(() => {
      this.#session = instance.gateway.openSession(this, admitted);
    });
  }

  get open(): boolean {
    return this.#session !== undefined;
  }

  all<T extends Frame["type"]>(type: T): readonly FrameOf<T>[] {
    return this.received.filter(isOf(type));
  }

  /** The last frame of a type; throws if there is none. */
  last<T extends Frame["type"]>(type: T): FrameOf<T> {
    const frame = this.all(type).at(-1);
    if (frame === undefined) throw new Error(`no ${type} came, but ${JSON.stringify(this.received)}`);
    return frame;
  }

  /** When the first frame of a type came. */
  cameAt(type: Frame["type"]): number | undefined {
    return this.#times[this.received.findIndex(isOf(type))];
  }

  /** The events of a room that came after `joined`. */
  events(room: string): readonly Event[] {
    return this.all("events").flatMap((frame) => (frame.room === room ? frame.events : []));
  }

  say(frame: Fields): void {
    this.sayText(JSON.stringify(frame));
  }

  sayText(text: string): void {
    this.#instance.process.turn(() => this.#session?.receive(text));
    this.#instance.deployment.advance(0);
  }

  /** Sends a frame with a new ref, and returns the answer. */
  ask(frame: Fields): Frame {
    this.#refs += 1;
    const ref = `ref-${this.#refs}`;
    this.say({ ref, ...frame });
    const answer = this.received.findLast((one) => "ref" in one && one.ref === ref);
    if (answer === undefined) throw new Error(`no answer to ${JSON.stringify(frame)}`);
    return answer;
  }

  hello(name: string, token?: string): FrameOf<"welcome"> {
    this.say({ type: "hello", name, ...(token !== undefined && { token }) });
    return this.last("welcome");
  }

  join(room: string, fields: Fields = {}): FrameOf<"joined"> {
    const answer = this.ask({ type: "join", room, ...fields });
    if (answer.type !== "joined") throw new Error(`not joined: ${JSON.stringify(answer)}`);
    return answer;
  }

  post(room: string, text: string, fields: Fields = {}): FrameOf<"ack"> {
    const answer = this.tryPost(room, text, fields);
    if (answer.type !== "ack") throw new Error(`not posted: ${JSON.stringify(answer)}`);
    return answer;
  }

  tryPost(room: string, text: string, fields: Fields = {}): Frame {
    return this.ask({ type: "post", room, key: this.#instance.deployment.newId(), text, ...fields });
  }

  /** Ends the connection, by default with a goodbye. */
  hangUp(code = 1000): void {
    this.#ended(code);
    this.#instance.deployment.advance(0);
  }

  /** Its connection is cut. */
  cut(): void {
    this.hangUp(CUT);
  }

  /** The client reads some of the unsent bytes. */
  takeIn(bytes: number): void {
    this.taken += bytes;
    this.unsent -= bytes;
  }

  /** The client reads all unsent bytes. */
  drain(): void {
    this.takeIn(this.unsent);
    this.#instance.process.turn(() => this.#session?.drained());
    this.#instance.deployment.advance(0);
  }

  send({ text }: Outgoing): void {
    if (this.#session === undefined) return;
    this.received.push(decodeFrame(text));
    this.#times.push(this.#instance.deployment.time.now());
  }

  pause(): void {
    this.isRead = false;
  }

  resume(): void {
    this.isRead = true;
  }

  ping(): void {
    if (!this.deaf) this.#instance.process.after(0, () => this.#session?.heard());
  }

  close(code: CloseCode): void {
    this.#closed(code);
  }

  terminate(): void {
    this.#closed(CUT);
  }

  #closed(code: number): void {
    this.closedWith = code;
    this.closedAt = this.#instance.deployment.time.now();
    this.#instance.process.after(0, () => this.#ended(code));
  }

  #ended(code: number): void {
    const session = this.#session;
    if (session === undefined) return;
    this.#session = undefined;
    this.#instance.process.turn(() => {
      this.#instance.gateway.closeSession(session, code);
      this.#release();
    });
  }
}
