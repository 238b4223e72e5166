/**
 * The open connections of a chat, by number: one, or two during a hand-over.
 *
 * - A message to a connection that is gone is dropped, and its request gets no reply.
 * - Frames of a connection that was dropped are ignored.
 */
import type { Limits, ServerFrame } from "../../wire/server-frame.ts";
import type { Clock } from "../platform/clock.ts";
import type { OpenSocket } from "../platform/socket.ts";
import type { Notice, Request } from "./client-message.ts";
import { Connection } from "./connection.ts";
import type { ConnectionId } from "./connection-state.ts";
import { Pacer } from "./pacer.ts";
import { isReply, PendingReplies, type ReplyHandler } from "./pending-replies.ts";

export interface ConnectionsHandlers {
  readonly opened: (connection: ConnectionId) => void;
  /** A frame that is not the reply to a request. Replies go to the handlers of their requests. */
  readonly received: (connection: ConnectionId, frame: ServerFrame) => void;
  /** Called after each frame. */
  readonly handled: () => void;
  readonly closed: (connection: ConnectionId, code: number) => void;
  /** Nothing was heard for too long. */
  readonly silent: (connection: ConnectionId) => void;
}

export interface ConnectionsOptions {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
}

interface Open {
  readonly connection: Connection;
  /** Undefined until the welcome, which names the rate. */
  pacer: Pacer | undefined;
}

export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #handlers: ConnectionsHandlers;
  readonly #open = new Map<ConnectionId, Open>();
  readonly #replies = new PendingReplies();

  constructor(options: ConnectionsOptions, handlers: ConnectionsHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  open(id: ConnectionId): void {
    const ifOpen =
      <T extends readonly unknown[]>(handle: (...given: T) => void) =>
      (...given: T): void => {
        if (this.#open.has(id)) handle(...given);
      };
    const { url, openSocket, clock } = this.#options;
    const { opened, closed, silent } = this.#handlers;
    const connection = new Connection(url, openSocket, clock, {
      opened: ifOpen(() => opened(id)),
      received: ifOpen((frame: ServerFrame) => this.#receive(id, frame)),
      closed: ifOpen((code: number) => {
        this.#remove(id);
        closed(id, code);
      }),
      silent: ifOpen(() => silent(id)),
    });
    this.#open.set(id, { connection, pacer: undefined });
  }

  send(id: ConnectionId, notice: Notice): void {
    this.#open.get(id)?.connection.send(notice);
  }

  /** Sends a request. The handler gets the reply, or undefined if the connection ends first. */
  request(id: ConnectionId, request: Request, handle: ReplyHandler): void {
    const open = this.#open.get(id);
    if (open === undefined) return handle(undefined);
    const ref =
      request.type === "hello" ? this.#replies.expectWelcome(id, handle) : this.#replies.expect(id, handle);
    open.connection.send({ ...request, ref });
  }

  /** Sends a request within the rate that the server allows. */
  requestPaced(id: ConnectionId, request: Request, handle: ReplyHandler): void {
    const open = this.#open.get(id);
    if (open?.pacer === undefined) return this.request(id, request, handle);
    const ref = this.#replies.expect(id, handle);
    open.pacer.run(() => open.connection.send({ ...request, ref }));
  }

  /** Whether a reply is still to come on this connection. */
  isWaiting(id: ConnectionId): boolean {
    return this.#replies.isWaiting(id);
  }

  /** A `welcome` came. False if the connection is gone. */
  welcomed(id: ConnectionId, heartbeatMs: number, limits: Limits): boolean {
    const open = this.#open.get(id);
    if (open === undefined) return false;
    open.connection.expectEvery(heartbeatMs);
    open.pacer ??= new Pacer(this.#options.clock, {
      perSecond: limits.messagesPerSecond,
      burst: limits.burst,
    });
    return true;
  }

  /** If nothing is heard soon, the connection is silent. */
  expectAnswer(id: ConnectionId): void {
    this.#open.get(id)?.connection.expectAnswer();
  }

  drop(id: ConnectionId, code: number): void {
    this.#remove(id)?.connection.close(code);
  }

  /** Ends the wait for replies on a connection that is gone. */
  lost(id: ConnectionId): void {
    this.#replies.lost(id);
  }

  #receive(id: ConnectionId, frame: ServerFrame): void {
    if (frame.type === "welcome") this.#replies.welcomed(id);
    if (isReply(frame)) this.#replies.settle(id, frame);
    else this.#handlers.received(id, frame);
    this.#handlers.handled();
  }

  #remove(id: ConnectionId): Open | undefined {
    const open = this.#open.get(id);
    this.#open.delete(id);
    open?.pacer?.stop();
    return open;
  }
}
