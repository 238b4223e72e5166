/**
 * The links that are open, by their numbers. What is said to one that is gone goes nowhere, and what one says after it was given up is no longer heard.
 */
import type { Limits, ServerFrame } from "../wire/server-frame.ts";
import type { ClientMessage } from "./client-message.ts";
import type { Clock } from "./clock.ts";
import type { LinkId } from "./connection.ts";
import { Link } from "./link.ts";
import { Pacer } from "./pacer.ts";
import type { OpenSocket } from "./socket.ts";

export interface LinksEvents {
  readonly opened: (link: LinkId) => void;
  readonly received: (link: LinkId, frame: ServerFrame) => void;
  readonly closed: (link: LinkId, code: number) => void;
  /** Nothing was heard for too long. */
  readonly silent: (link: LinkId) => void;
}

export interface LinksParts {
  readonly url: string;
  readonly openSocket: OpenSocket;
  readonly clock: Clock;
}

interface Opened {
  readonly link: Link;
  /** From the welcome on. */
  pacer: Pacer | undefined;
}

export class Links {
  readonly #parts: LinksParts;
  readonly #events: LinksEvents;
  readonly #open = new Map<LinkId, Opened>();

  constructor(parts: LinksParts, events: LinksEvents) {
    this.#parts = parts;
    this.#events = events;
  }

  open(id: LinkId): void {
    const heeded =
      <T extends readonly unknown[]>(handle: (link: LinkId, ...given: T) => void) =>
      (...given: T): void => {
        if (this.#open.has(id)) handle(id, ...given);
      };
    const { url, openSocket, clock } = this.#parts;
    const { opened, received, closed, silent } = this.#events;
    const link = new Link(url, openSocket, clock, {
      opened: heeded(opened),
      received: heeded(received),
      closed: heeded((_, code: number) => {
        this.#take(id);
        closed(id, code);
      }),
      silent: heeded(silent),
    });
    this.#open.set(id, { link, pacer: undefined });
  }

  send(id: LinkId, message: ClientMessage): void {
    this.#open.get(id)?.link.send(message);
  }

  sendPaced(id: LinkId, message: ClientMessage): void {
    const opened = this.#open.get(id);
    if (opened?.pacer === undefined) opened?.link.send(message);
    else opened.pacer.run(() => opened.link.send(message));
  }

  /** False for a link that is gone. */
  welcomed(id: LinkId, heartbeatMs: number, limits: Limits): boolean {
    const opened = this.#open.get(id);
    if (opened === undefined) return false;
    opened.link.expectEvery(heartbeatMs);
    opened.pacer ??= new Pacer(this.#parts.clock, {
      perSecond: limits.messagesPerSecond,
      burst: limits.burst,
    });
    return true;
  }

  /** It is to be heard soon, or it is taken for silent. */
  expectAnswer(id: LinkId): void {
    this.#open.get(id)?.link.expectAnswer();
  }

  drop(id: LinkId, code: number): void {
    this.#take(id)?.link.close(code);
  }

  #take(id: LinkId): Opened | undefined {
    const opened = this.#open.get(id);
    this.#open.delete(id);
    opened?.pacer?.stop();
    return opened;
  }
}
