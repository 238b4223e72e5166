/**
 * What a server says about itself in INFO, and whether the service can work with it.
 */

/** The oldest version that has all the commands that the scripts use. */
const OLDEST = [6, 2] as const;

export type ServerMode = "standalone" | "sentinel" | "cluster";

/** A value is undefined if the server did not say it. */
export interface ServerFacts {
  readonly version: string | undefined;
  readonly mode: string | undefined;
  readonly role: string | undefined;
  readonly isLoading: boolean;
  readonly evictionPolicy: string | undefined;
}

/** The server is too old to run the service. */
export class TooOld extends Error {
  override readonly name = "TooOld";
  readonly _tag = "TooOld";
}

/** The server can't serve this connection now. */
export class Unsuitable extends Error {
  override readonly name = "Unsuitable";
}

export const serverFacts = (info: string): ServerFacts => {
  const field = (name: string): string | undefined =>
    new RegExp(`^${name}:([^\\r\\n]*)`, "m").exec(info)?.[1];
  return {
    // Valkey gives the version of Redis with which it is compatible.
    version: field("redis_version"),
    mode: field("redis_mode"),
    role: field("role"),
    isLoading: (field("loading") ?? "0") !== "0",
    evictionPolicy: field("maxmemory_policy"),
  };
};

const isTooOld = (version: string): boolean => {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
};

/** The reason why a server can't be used as a data node, or undefined. */
export const refusalOf = (facts: ServerFacts, expected: ServerMode): Error | undefined => {
  const { version, mode, role, isLoading } = facts;
  if (version !== undefined && isTooOld(version)) {
    return new TooOld(`Redis ${version} is too old: the service needs ${OLDEST.join(".")} or newer`);
  }
  if (mode !== undefined && mode !== expected) {
    return new Unsuitable(`REDIS_MODE does not fit: the server runs in the mode "${mode}"`);
  }
  if (isLoading) return new Unsuitable("LOADING Redis is loading the dataset in memory");
  return role === "slave" ? new Unsuitable("READONLY the server is a replica") : undefined;
};

/** Whether a full Redis would evict keys without a TTL, such as logs. */
export const evictsLogs = ({ evictionPolicy }: ServerFacts): boolean =>
  evictionPolicy?.startsWith("allkeys-") ?? false;
