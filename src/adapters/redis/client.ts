/**
 * One client of ioredis, which connects once. It authenticates, and learns what the server is, before any
 * caller uses it.
 */
import { isIP } from "node:net";
import { checkServerIdentity, type ConnectionOptions } from "node:tls";
import { Redis, type RedisOptions as ClientOptions } from "ioredis";
import { authWords, type Address, type Credentials, type Tls } from "./access.ts";
import { serverFacts, type ServerFacts } from "./server-facts.ts";

export const CONNECT_TIMEOUT_MS = 1_500;
const SILENCE_MARGIN_MS = 100;
const CLOSE_MS = 200;

const tlsOptions = ({ ca, serverName }: Tls): ConnectionOptions => ({
  ...(ca && { ca: [...ca] }),
  ...(serverName !== undefined && {
    // An IP address is not allowed as the server name of the handshake.
    ...(isIP(serverName) === 0 && { servername: serverName }),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(serverName, certificate),
  }),
});

/** `callTimeoutMs`: if a reply is outstanding and nothing comes for this time, the client closes. */
export const openClient = (
  { host, port }: Address,
  tls: Tls | undefined,
  callTimeoutMs: number,
  onMovedRole: (error: Error) => void,
): Redis => {
  // Many calls may get the same reply, and the client closes once.
  let isLeaving = false;
  return new Redis({
    host,
    port,
    ...(tls && { tls: tlsOptions(tls) }),
    protocol: 2,
    enableAutoPipelining: true,
    enableOfflineQueue: false,
    enableReadyCheck: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    disableClientInfo: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    disconnectTimeout: CLOSE_MS,
    // Shorter than the timeout of a call, so that the connection is known to be dead when its calls fail.
    socketTimeout: callTimeoutMs - SILENCE_MARGIN_MS,
    // `connection.ts` connects again, with a new client: address and password may have changed.
    retryStrategy: () => null,
    // The master has become a replica: it refuses writes, and ends blocking reads. A new connection leads to
    // the new master.
    reconnectOnError: (error) => {
      if (!/^(?:READONLY|UNBLOCKED)\b/.test(error.message)) return false;
      onMovedRole(error);
      const isFirst = !isLeaving;
      isLeaving = true;
      return isFirst;
    },
  } satisfies ClientOptions);
};

const startsWith = (error: unknown, text: string): boolean =>
  error instanceof Error && error.message.startsWith(text);

/** Authenticates, chooses the database, and asks the server what it is. */
export const greet = async (
  client: Redis,
  credentials: Credentials,
  database: number,
): Promise<ServerFacts> => {
  const auth = await authWords(credentials);
  if (auth !== undefined) {
    await client.call("AUTH", ...auth).catch((error: unknown) => {
      // The server asks for no password.
      if (!startsWith(error, "ERR AUTH <password> called without any password configured")) throw error;
    });
  }
  if (database !== 0) await client.select(database);
  const info = await client.info().catch((error: unknown) => {
    // The user may not ask.
    if (startsWith(error, "NOPERM")) return "";
    throw error;
  });
  return serverFacts(info);
};
