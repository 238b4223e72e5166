/**
 * Where a chat begins: the ports' defaults, put together.
 */
import type { Chat, ConnectOptions } from "./chat.ts";

export const connect = (options: ConnectOptions): Chat => {
  throw new Error(`not built yet: ${options.url}`);
};
