/**
 * Where a chat begins: what the caller did not bring is taken from the platform.
 */
import type { Chat, ConnectOptions } from "./chat.ts";
import { systemClock } from "../platform/clock.ts";
import { LiveChat } from "./live-chat.ts";
import { platformSockets } from "../platform/socket.ts";
import { memoryStore, webStore, type Store } from "../platform/store.ts";

const platformStore = (url: string): Store =>
  // Node has a `localStorage` as well, but one that warns or throws where it was not set up.
  "document" in globalThis ? webStore(() => globalThis.localStorage, `gapless/${url}/`) : memoryStore();

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
