/**
 * The table of requests that wait for a reply: from a `ref` to the handler of the part that asked.
 *
 * - The table makes every `ref`, so no two requests of a chat share one.
 * - A handler is called at most once: with the reply, or with undefined if the connection ends first.
 * - Each connection has refs of its own. During a hand-over two connections are open, and a reply settles
 *   only a request that was sent on the connection that brings the reply. A reply with an unknown `ref` is
 *   ignored.
 * - A `welcome` has no `ref`. The server welcomes the `hello`s of a connection in order, so a `welcome`
 *   settles the oldest of them.
 */
import type { Ack, ErrorFrame, Joined, Left, Page, ServerFrame } from "../../wire/server-frame.ts";
import type { ConnectionId } from "./connection-state.ts";

/** A frame that answers a request. */
export type Reply = (Joined | Left | Ack | Page | ErrorFrame) & { readonly ref: string };

/** The reply is undefined if the connection ended before it came. */
export type ReplyHandler = (reply: Reply | undefined) => void;

/** Whether a frame answers a request. Without a `ref`, the server sent it of its own accord. */
export const isReply = (frame: ServerFrame): frame is Reply => "ref" in frame && frame.ref !== undefined;

interface Waiting {
  readonly isHello: boolean;
  readonly handle: ReplyHandler;
}

export class PendingReplies {
  /** By connection, then by ref in the order in which they were made. */
  readonly #waiting = new Map<ConnectionId, Map<string, Waiting>>();
  #count = 0;

  /** Registers a request, and returns the `ref` to send it with. */
  expect(connection: ConnectionId, handle: ReplyHandler): string {
    return this.#add(connection, { isHello: false, handle });
  }

  /**
   * Registers a `hello`. A `welcome` ends the wait for it, so the handler gets only an error, or undefined.
   */
  expectWelcome(connection: ConnectionId, handle: ReplyHandler): string {
    return this.#add(connection, { isHello: true, handle });
  }

  /** Gives a reply to the handler of its request. */
  settle(connection: ConnectionId, reply: Reply): void {
    const waiting = this.#waiting.get(connection);
    const asked = waiting?.get(reply.ref);
    waiting?.delete(reply.ref);
    asked?.handle(reply);
  }

  /** A `welcome` came: the oldest `hello` of this connection is answered. */
  welcomed(connection: ConnectionId): void {
    const waiting = this.#waiting.get(connection);
    for (const [ref, { isHello }] of waiting ?? []) {
      if (!isHello) continue;
      waiting?.delete(ref);
      return;
    }
  }

  /** The connection has ended: no reply will come on it. */
  lost(connection: ConnectionId): void {
    const waiting = this.#waiting.get(connection);
    this.#waiting.delete(connection);
    for (const { handle } of waiting?.values() ?? []) handle(undefined);
  }

  /** Whether a reply is still to come on this connection. */
  isWaiting(connection: ConnectionId): boolean {
    return (this.#waiting.get(connection)?.size ?? 0) > 0;
  }

  #add(connection: ConnectionId, waiting: Waiting): string {
    this.#count += 1;
    const ref = String(this.#count);
    const known = this.#waiting.get(connection);
    if (known === undefined) this.#waiting.set(connection, new Map([[ref, waiting]]));
    else known.set(ref, waiting);
    return ref;
  }
}
