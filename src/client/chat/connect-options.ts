/**
 * The options of `connect`.
 */
import type { Clock } from "../platform/clock.ts";
import type { OpenSocket } from "../platform/socket.ts";
import type { Store } from "../platform/store.ts";

export interface ConnectOptions {
  /** `ws://…/ws` or `wss://…/ws`. */
  readonly url: string;
  /** The user's name: 1 to 40 characters (V2). A name in an identity provider's token takes precedence. */
  readonly name: string;
  /**
   * A token of an identity provider (A2). Without it the user is a guest, and the store keeps the guest's
   * token.
   */
  readonly token?: string | undefined;
  /**
   * Gets a new token after the server refused the old one, or it expired (4401). If it rejects, the client
   * calls it again, with backoff. Without it a guest becomes a new guest, and any other user's chat stops.
   */
  readonly refreshToken?: (() => Promise<string>) | undefined;
  /** Keeps the guest's token and the outbox. Default: `localStorage` in a browser, else `memoryStore()`. */
  readonly store?: Store | undefined;
  /**
   * Default: `platformSockets()`, the platform's WebSocket. Pass `platformSockets(WebSocket)` for another.
   */
  readonly openSocket?: OpenSocket | undefined;
  /** Default: `systemClock`. */
  readonly clock?: Clock | undefined;
  /** Returns a number in [0, 1), for jitter. Default: `Math.random`. */
  readonly random?: (() => number) | undefined;
  /**
   * Makes idempotency keys: 1 to 64 printable ASCII characters without a space. Default: `crypto.randomUUID`.
   */
  readonly newKey?: (() => string) | undefined;
}
