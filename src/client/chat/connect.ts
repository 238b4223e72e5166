/**
 * Makes a chat. Options that the caller leaves out come from the platform.
 */
import { systemClock } from "../platform/clock.ts";
import { platformSockets } from "../platform/socket.ts";
import { memoryStore, webStore, type Store } from "../platform/store.ts";
import type { Chat } from "./chat.ts";
import type { ConnectOptions } from "./connect-options.ts";
import { LiveChat } from "./live-chat.ts";

const platformStore = (url: string): Store =>
  // Node has a `localStorage` too, but it warns or throws unless it is set up.
  "document" in globalThis ? webStore(() => globalThis.localStorage, `gapless/${url}/`) : memoryStore();

/**
 * Returns a chat at once, and connects in the background. The chat reconnects by itself until it is closed,
 * or the server refuses it for good. Throws a TypeError if the platform has no WebSocket and `openSocket` is
 * left out.
 */
export const connect = (options: ConnectOptions): Chat =>
  new LiveChat({
    url: options.url,
    name: options.name,
    token: options.token,
    refreshToken: options.refreshToken,
    store: options.store ?? platformStore(options.url),
    openSocket: options.openSocket ?? platformSockets(),
    clock: options.clock ?? systemClock,
    random: options.random ?? Math.random,
    newKey: options.newKey ?? (() => crypto.randomUUID()),
  });
