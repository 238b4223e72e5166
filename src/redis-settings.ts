/**
 * Reads the settings that say how to reach Redis (SPEC, Settings). A fault never repeats a URL or a password.
 */
import { X509Certificate } from "node:crypto";
import type { RedisAccess, SentinelServer, Servers } from "./adapters/redis/access.ts";
import {
  NO_CREDENTIALS,
  withoutLineBreak,
  type Address,
  type Credentials,
  type Password,
  type Tls,
} from "./adapters/redis/access.ts";
import type { EnvironmentReader } from "./environment-reader.ts";

export type ReadFile = (path: string) => string;

const DEFAULT_PORT = 6_379;
const SENTINEL_PORT = 26_379;

/** Settings that have no effect without Redis. */
const NEED_REDIS = [
  "REDIS_USERNAME",
  "REDIS_PASSWORD",
  "REDIS_PASSWORD_FILE",
  "REDIS_CA",
  "REDIS_SERVERNAME",
  "REDIS_MASTER",
];

type Mode = Servers["mode"];

const readMode = (reader: EnvironmentReader): Mode => {
  const mode = reader.text("REDIS_MODE") ?? "single";
  if (mode === "single" || mode === "sentinel" || mode === "cluster") return mode;
  reader.fault(`REDIS_MODE must be "single", "sentinel" or "cluster", and is ${JSON.stringify(mode)}`);
  return "single";
};

/** One URL, or several in the modes that allow it. A password may contain a comma. */
const readUrls = (reader: EnvironmentReader, mode: Mode): readonly URL[] => {
  const named = reader.text("REDIS_URL");
  const host = reader.text("REDISHOST");
  const port = reader.count("REDISPORT", DEFAULT_PORT, 1, 65_535);
  if (host === undefined && reader.text("REDISPORT") !== undefined && named === undefined) {
    reader.fault("REDISPORT is set, but REDISHOST is not");
  }
  if (named === undefined && host === undefined) return [];
  const name = named === undefined ? "REDISHOST" : "REDIS_URL";
  const given = named ?? `redis://${host?.includes(":") ? `[${host}]` : host}:${port}`;
  const texts = given.split(/\s*,\s*(?=rediss?:\/\/)/);
  const urls = texts.flatMap((text) => (URL.canParse(text) ? [new URL(text)] : []));
  const isValid = ({ protocol, hostname }: URL) => /^rediss?:$/.test(protocol) && hostname !== "";
  if (urls.length < texts.length || !urls.every(isValid)) {
    reader.fault(`${name} must give a URL such as redis://10.0.0.3:6379 or rediss://10.0.0.3:6378`);
    return [];
  }
  if (mode === "single" && urls.length > 1) {
    reader.fault(`${name} gives several URLs, which needs REDIS_MODE=cluster or REDIS_MODE=sentinel`);
  }
  if (new Set(urls.map(({ protocol }) => protocol)).size > 1) {
    reader.fault(`${name} mixes redis:// and rediss://`);
  }
  return urls;
};

const addressOf = ({ hostname, port }: URL, defaultPort: number): Address => ({
  host: hostname.replace(/^\[(.*)\]$/, "$1"),
  port: port === "" ? defaultPort : Number(port),
});

/** Undefined if a part of the URL is not well encoded. */
const credentialsIn = ({ username, password }: URL): Credentials | undefined => {
  try {
    if (password === "") return NO_CREDENTIALS;
    return {
      username: username === "" ? undefined : decodeURIComponent(username),
      password: { from: "setting", text: decodeURIComponent(password) },
    };
  } catch {
    return undefined;
  }
};

/** The credentials in each URL. */
const readUrlCredentials = (reader: EnvironmentReader, urls: readonly URL[]): readonly Credentials[] => {
  const found = urls.map(credentialsIn);
  if (found.includes(undefined)) {
    reader.fault("REDIS_URL has a user name or a password that is not percent-encoded as in a URL");
  }
  return found.map((credentials) => credentials ?? NO_CREDENTIALS);
};

const readDatabase = (reader: EnvironmentReader, urls: readonly URL[], mode: Mode): number => {
  const paths = urls.map(({ pathname }) => pathname.replace(/^\//, "") || "0");
  const [database = "0"] = paths;
  if (!paths.every((path) => /^\d{1,5}$/.test(path) && path === database)) {
    reader.fault("REDIS_URL must end in the host and port, or in one database number such as /1");
    return 0;
  }
  if (mode === "cluster" && database !== "0") {
    reader.fault("REDIS_URL names a database, and a cluster has only database 0");
  }
  return Number(database);
};

const readPassword = (reader: EnvironmentReader, readFile: ReadFile): Password | undefined => {
  const text = reader.secret("REDIS_PASSWORD");
  const path = reader.text("REDIS_PASSWORD_FILE");
  if (text !== undefined && path !== undefined) {
    reader.fault("REDIS_PASSWORD_FILE and REDIS_PASSWORD are both set: set only one of them");
  }
  if (path !== undefined) {
    const problem = problemOf(() => readFile(path));
    if (problem !== undefined) {
      reader.fault(`REDIS_PASSWORD_FILE must be a file that can be read: ${problem}`);
    }
    return { from: "file", path };
  }
  return text === undefined ? undefined : { from: "setting", text: withoutLineBreak(text) };
};

const problemOf = (read: () => unknown): string | undefined => {
  try {
    read();
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

const isReadable = (certificate: string): boolean =>
  problemOf(() => new X509Certificate(certificate)) === undefined;

/** The readable certificates of a PEM text. */
const certificatesIn = (pem: string): readonly string[] =>
  (pem.match(/-----BEGIN CERTIFICATE-----[^]*?-----END CERTIFICATE-----/g) ?? []).filter(isReadable);

const readCa = (reader: EnvironmentReader, readFile: ReadFile): readonly string[] | undefined => {
  const given = reader.text("REDIS_CA");
  if (given === undefined) return undefined;
  let pem = given;
  if (!given.includes("-----BEGIN")) {
    try {
      pem = readFile(given);
    } catch {
      reader.fault("REDIS_CA must be PEM, or the path of a PEM file that can be read");
      return undefined;
    }
  }
  const certificates = certificatesIn(pem);
  if (certificates.length === 0) reader.fault("REDIS_CA must have at least one certificate that can be read");
  return certificates;
};

const readTls = (reader: EnvironmentReader, urls: readonly URL[], readFile: ReadFile): Tls | undefined => {
  const ca = readCa(reader, readFile);
  const serverName = reader.text("REDIS_SERVERNAME");
  if (urls.some(({ protocol }) => protocol === "rediss:")) return { ca, serverName };
  for (const name of ["REDIS_CA", "REDIS_SERVERNAME"]) {
    if (urls.length > 0 && reader.text(name) !== undefined) {
      reader.fault(`${name} is set, which needs a REDIS_URL that begins with rediss://`);
    }
  }
  return undefined;
};

const readServers = (
  reader: EnvironmentReader,
  mode: Mode,
  urls: readonly URL[],
  found: readonly Credentials[],
): Servers => {
  const master = reader.text("REDIS_MASTER");
  if (master !== undefined && mode !== "sentinel" && urls.length > 0) {
    reader.fault("REDIS_MASTER is set, which needs REDIS_MODE=sentinel");
  }
  switch (mode) {
    case "single": {
      const [address = { host: "localhost", port: DEFAULT_PORT }] = urls.map((url) =>
        addressOf(url, DEFAULT_PORT),
      );
      return { mode, address };
    }
    case "sentinel": {
      const sentinels = urls.map((url, index): SentinelServer => ({
        address: addressOf(url, SENTINEL_PORT),
        credentials: found[index] ?? NO_CREDENTIALS,
      }));
      return { mode, master: master ?? "mymaster", sentinels };
    }
    case "cluster":
      return { mode, nodes: urls.map((url) => addressOf(url, DEFAULT_PORT)) };
    default:
      return mode satisfies never;
  }
};

/** The credentials of the data nodes: each of the settings replaces its part of the URL. */
const readCredentials = (
  reader: EnvironmentReader,
  mode: Mode,
  found: readonly Credentials[],
  readFile: ReadFile,
): Credentials => {
  const password = readPassword(reader, readFile);
  const username = reader.text("REDIS_USERNAME");
  if (mode === "sentinel") return { username, password };
  const [first = NO_CREDENTIALS] = found;
  if (found.some((other) => JSON.stringify(other) !== JSON.stringify(first))) {
    reader.fault("REDIS_URL gives different credentials for nodes of one cluster");
  }
  return { username: username ?? first.username, password: password ?? first.password };
};

/** How to reach Redis, or undefined if no setting names it. */
export const readRedisAccess = (reader: EnvironmentReader, readFile: ReadFile): RedisAccess | undefined => {
  const mode = readMode(reader);
  const faultsBefore = reader.faults.length;
  const urls = readUrls(reader, mode);
  const found = readUrlCredentials(reader, urls);
  const access: RedisAccess = {
    servers: readServers(reader, mode, urls, found),
    credentials: readCredentials(reader, mode, found, readFile),
    database: readDatabase(reader, urls, mode),
    tls: readTls(reader, urls, readFile),
  };
  if (urls.length > 0) return access;
  if (reader.faults.length > faultsBefore) return undefined;
  if (mode !== "single") reader.fault(`REDIS_MODE is ${mode}, which needs REDIS_URL`);
  for (const name of NEED_REDIS) {
    if (reader.secret(name) !== undefined) reader.fault(`${name} is set, which needs REDIS_URL`);
  }
  return undefined;
};
