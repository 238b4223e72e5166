/**
 * The connections that are open, by their numbers. What is said to one that is gone goes nowhere, and what one says after it was given up is no longer heard.
 */
import type { Limits, ServerFrame } from "../../wire/server-frame.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Clock } from "../platform/clock.ts";
import type { ConnectionId } from "./connection-state.ts";
import { Connection } from "./connection.ts";
import { Pacer } from "./pacer.ts";
import type { OpenSocket } from "../platform/socket.ts";

export interface ConnectionsEvents {
  readonly opened: (connection: ConnectionId) => void;
  readonly received: (connection: ConnectionId, frame: ServerFrame) => void;
  readonly closed: (connection: ConnectionId, code: number) => void;
  /** Nothing was heard for too long. */
  readonly silent: (connection: ConnectionId) => void;
}

export interface ConnectionsParts {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
}

interface Opened {
  readonly connection: Connection;
  /** From the welcome on. */
  pacer: Pacer | undefined;
}

export class Connections {
  readonly #parts: ConnectionsParts;
  readonly #events: ConnectionsEvents;
  readonly #open = new Map<ConnectionId, Opened>();

  constructor(parts: ConnectionsParts, events: ConnectionsEvents) {
    this.#parts = parts;
    this.#events = events;
  }

  open(id: ConnectionId): void {
    const heeded =
      <T extends readonly unknown[]>(handle: (connection: ConnectionId, ...given: T) => void) =>
      (...given: T): void => {
        if (this.#open.has(id)) handle(id, ...given);
      };
    const { url, openSocket, clock } = this.#parts;
    const { opened, received, closed, silent } = this.#events;
    const connection = new Connection(url, openSocket, clock, {
      opened: heeded(opened),
      received: heeded(received),
      closed: heeded((_, code: number) => {
        this.#take(id);
        closed(id, code);
      }),
      silent: heeded(silent),
    });
    this.#open.set(id, { connection, pacer: undefined });
  }

  send(id: ConnectionId, message: ClientMessage): void {
    this.#open.get(id)?.connection.send(message);
  }

  sendPaced(id: ConnectionId, message: ClientMessage): void {
    const opened = this.#open.get(id);
    if (opened?.pacer === undefined) opened?.connection.send(message);
    else opened.pacer.run(() => opened.connection.send(message));
  }

  /** False for a connection that is gone. */
  welcomed(id: ConnectionId, heartbeatMs: number, limits: Limits): boolean {
    const opened = this.#open.get(id);
    if (opened === undefined) return false;
    opened.connection.expectEvery(heartbeatMs);
    opened.pacer ??= new Pacer(this.#parts.clock, {
      perSecond: limits.messagesPerSecond,
      burst: limits.burst,
    });
    return true;
  }

  /** It is to be heard soon, or it is taken for silent. */
  expectAnswer(id: ConnectionId): void {
    this.#open.get(id)?.connection.expectAnswer();
  }

  drop(id: ConnectionId, code: number): void {
    this.#take(id)?.connection.close(code);
  }

  #take(id: ConnectionId): Opened | undefined {
    const opened = this.#open.get(id);
    this.#open.delete(id);
    opened?.pacer?.stop();
    return opened;
  }
}
