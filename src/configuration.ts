/**
 * Reads the configuration from the environment (SPEC, Settings). The result is either a valid configuration,
 * or one line for each fault, which names the variable and says which values it accepts.
 *
 * It ignores unknown variables, and treats an empty value as not set. Apart from the files that a setting
 * names, it depends on nothing else.
 */
import { readFileSync } from "node:fs";
import { MIN_SECRET_BYTES, type Secrets } from "./adapters/identity/guest-token.ts";
import type { IdentityOptions } from "./adapters/identity/layer.ts";
import { EnvironmentReader, quoted, utf8Length, type Environment } from "./environment-reader.ts";
import { readIdentity } from "./identity-configuration.ts";
import type { Settings } from "./app/instance/settings.ts";
import type { RedisAccess } from "./adapters/redis/access.ts";
import { accept, reject, type Decision } from "./domain/decision.ts";
import { readRedisAccess, type ReadFile } from "./redis-settings.ts";

export type Storage =
  | { readonly kind: "embedded"; readonly folder: string }
  | {
      readonly kind: "redis";
      readonly access: RedisAccess;
      readonly prefix: string;
      readonly ack: "stored" | "replicated";
    };

export interface Configuration {
  readonly host: string;
  readonly port: number;
  readonly storage: Storage;
  /**
   * The first signs, all verify (A4). May be undefined with the embedded log: then the service makes a secret
   * and stores it beside the log.
   */
  readonly tokenSecrets: Secrets | undefined;
  readonly identity: Omit<IdentityOptions, "secrets">;
  readonly maxEvents: number;
  readonly maxAgeMs: number;
  readonly keyTtlMs: number;
  readonly roomIdleMs: number;
  /** The separate port of `/metrics` (O1). Undefined: `/metrics` is on the main port. */
  readonly metricsPort: number | undefined;
  /** The name of this revision of the service (G3), if it has one. */
  readonly revision: string | undefined;
  readonly settings: Settings["Service"];
}

const SECOND = 1000;
/** The maximum of a duration in seconds. Its milliseconds must fit into a timer. */
const MAX_S = 2_000_000;

/** `https://host` or `http://host:port`, as a browser writes an origin. */
const readOrigins = (reader: EnvironmentReader): ReadonlySet<string> => {
  const given = reader.list("ALLOWED_ORIGINS");
  for (const origin of given) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin) {
      reader.fault(
        `ALLOWED_ORIGINS contains ${quoted(origin)}, which is not an origin such as https://chat.example`,
      );
    }
  }
  return new Set(given);
};

/** `host` or `host:port`, as a request names it in `Host`. */
const readHosts = (reader: EnvironmentReader): ReadonlySet<string> => {
  const given = reader.list("ALLOWED_HOSTS").map((host) => host.toLowerCase());
  for (const host of given) {
    const url = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
    // A URL leaves out port 80, which is the default of its scheme.
    if (url === undefined || (url.host !== host && `${url.host}:80` !== host)) {
      reader.fault(`ALLOWED_HOSTS contains ${quoted(host)}, which is not a host such as chat.example`);
    }
  }
  return new Set(given);
};

/** METRICS_PORT, which is not PORT. */
const readMetricsPort = (reader: EnvironmentReader, port: number): number | undefined => {
  if (reader.text("METRICS_PORT") === undefined) return undefined;
  const metricsPort = reader.count("METRICS_PORT", 9090, 1, 65_535);
  if (metricsPort === port) reader.fault("METRICS_PORT must be another port than PORT");
  return metricsPort;
};

const readStorage = (reader: EnvironmentReader, readFile: ReadFile): Storage => {
  const faultsBefore = reader.faults.length;
  const access = readRedisAccess(reader, readFile);
  const isRefused = reader.faults.length > faultsBefore;
  const ack = reader.text("ACK") ?? "stored";
  if (ack !== "stored" && ack !== "replicated") {
    reader.fault(`ACK must be "stored" or "replicated", and is ${quoted(ack)}`);
  }
  const prefix = reader.text("REDIS_PREFIX") ?? "gapless";
  if (!/^[A-Za-z0-9._-]{1,32}$/.test(prefix)) {
    reader.fault(
      `REDIS_PREFIX must be 1 to 32 of the characters A-Z a-z 0-9 . _ -, and is ${quoted(prefix)}`,
    );
  }
  if (access !== undefined) {
    return { kind: "redis", access, prefix, ack: ack === "replicated" ? "replicated" : "stored" };
  }
  if (ack === "replicated" && !isRefused)
    reader.fault("ACK is replicated, which needs Redis: set REDIS_URL as well");
  return { kind: "embedded", folder: reader.text("DATA_DIR") ?? "./data" };
};

/** Secrets, separated by commas (A4). A fault says which one is too short, and repeats none. */
const readTokenSecrets = (reader: EnvironmentReader): Secrets | undefined => {
  const raw = reader.text("TOKEN_SECRET");
  if (raw === undefined) return undefined;
  const [first = "", ...others] = raw.split(",").map((secret) => secret.trim());
  const secrets: Secrets = [first, ...others];
  const tooShort = secrets.findIndex((secret) => utf8Length(secret) < MIN_SECRET_BYTES);
  if (tooShort !== -1) {
    const which = secrets.length === 1 ? "" : `, and number ${tooShort + 1} of ${secrets.length} is shorter`;
    reader.fault(`TOKEN_SECRET must have ${MIN_SECRET_BYTES} bytes or more in each secret${which}`);
  }
  return secrets;
};

export const readConfiguration = (
  environment: Environment,
  readFile: ReadFile = (path) => readFileSync(path, "utf8"),
): Decision<Configuration, readonly string[]> => {
  const reader = new EnvironmentReader(environment);
  const storage = readStorage(reader, readFile);
  const tokenSecrets = readTokenSecrets(reader);
  if (storage.kind === "redis" && tokenSecrets === undefined) {
    reader.fault("TOKEN_SECRET is required with Redis: all instances sign with the same secret");
  }
  const maxEvents = reader.count("ROOM_MAX_EVENTS", 100_000, 1);
  const port = reader.count("PORT", 8080, 0, 65_535);
  const configuration: Configuration = {
    host: reader.text("HOST") ?? "0.0.0.0",
    port,
    metricsPort: readMetricsPort(reader, port),
    storage,
    tokenSecrets,
    identity: readIdentity(reader, readFile),
    maxEvents,
    maxAgeMs: reader.count("ROOM_MAX_AGE_S", 0, 0) * SECOND,
    roomIdleMs: reader.count("ROOM_IDLE_S", 0, 0, MAX_S) * SECOND,
    keyTtlMs: reader.count("KEY_TTL_S", 86_400, 1) * SECOND,
    revision: reader.text("K_REVISION"),
    settings: {
      heartbeatMs: reader.count("HEARTBEAT_MS", 25_000, 50, MAX_S * SECOND),
      requestTimeoutMs: reader.count("REQUEST_TIMEOUT_S", 3_600, 1, MAX_S) * SECOND,
      graceMs: reader.count("PRESENCE_GRACE_S", 15, 0, MAX_S) * SECOND,
      leaseMs: reader.count("PRESENCE_LEASE_S", 30, 1, MAX_S) * SECOND,
      // The backlog must not answer for entries that the log no longer keeps.
      backlogEvents: Math.min(reader.count("BACKLOG_EVENTS", 1000, 1, 100_000), maxEvents),
      backlogBytes: reader.count("BACKLOG_BYTES", 67_108_864, 65_536),
      messages: {
        perSecond: reader.rate("MESSAGES_PER_SECOND", 10),
        burst: reader.count("MESSAGE_BURST", 20, 1),
      },
      textLength: reader.count("TEXT_LENGTH", 4_000, 1, 16_000),
      roomsPerConnection: reader.count("ROOMS_PER_CONNECTION", 100, 1),
      maxConnections: reader.count("MAX_CONNECTIONS", 10_000, 1),
      connectionsPerAddress: reader.count("CONNECTIONS_PER_ADDRESS", 0, 0),
      newRooms: reader.bound("NEW_ROOMS_PER_MINUTE", 60, 60, 1),
      requests: reader.bound("REQUESTS_PER_SECOND", 50, 1, 4),
      // Cloud Run's front end appends the client's address to X-Forwarded-For.
      trustedProxies: reader.count("TRUSTED_PROXIES", reader.text("K_SERVICE") === undefined ? 0 : 1, 0, 100),
      slowReaderBytes: reader.count("SLOW_READER_BYTES", 1_048_576, 1_024),
      memoryBudgetBytes: reader.count("MEMORY_BUDGET_BYTES", 268_435_456, 1_048_576),
      allowedOrigins: readOrigins(reader),
      allowedHosts: readHosts(reader),
    },
  };
  return reader.faults.length === 0 ? accept(configuration) : reject(reader.faults);
};
