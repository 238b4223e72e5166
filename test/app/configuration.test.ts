/**
 * Tests of the settings (SPEC, Settings): which values are valid. test/integration/settings.test.ts tests
 * what a fault does to the start of a process.
 */
import { describe, expect, it } from "vitest";
import { readConfiguration } from "../../src/configuration.ts";

const SECRET = "a secret of at least thirty-two bytes";

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const read = readConfiguration(environment);
  return read.ok ? [] : read.reason;
};

describe("the configuration", () => {
  it.each<[string, string]>([
    ["PORT", "abc"],
    ["PORT", "65536"],
    ["PORT", "-1"],
    ["HEARTBEAT_MS", "0"],
    ["HEARTBEAT_MS", "25s"],
    ["HEARTBEAT_MS", "1.5"],
    ["REQUEST_TIMEOUT_S", "-3600"],
    ["PRESENCE_GRACE_S", "soon"],
    ["PRESENCE_LEASE_S", "0"],
    ["ROOM_MAX_EVENTS", "0"],
    ["ROOM_MAX_AGE_S", "-1"],
    ["BACKLOG_EVENTS", "-1"],
    ["KEY_TTL_S", "0"],
    ["MESSAGES_PER_SECOND", "0"],
    ["MESSAGE_BURST", "0"],
    ["TEXT_LENGTH", "0"],
    ["ROOMS_PER_CONNECTION", "none"],
    ["MAX_CONNECTIONS", "0"],
    ["CONNECTIONS_PER_ADDRESS", "-1"],
    ["SLOW_READER_BYTES", "lots"],
    ["ACK", "sometimes"],
    ["REDIS_URL", "http://127.0.0.1:6379"],
    ["REDIS_URL", "not a url"],
    ["REDISPORT", "6379x"],
    ["REDIS_PREFIX", "two words"],
    ["REDIS_PREFIX", "{tag}"],
    ["REDIS_PREFIX", "a:b"],
    ["REDIS_PREFIX", "p".repeat(33)],
    ["ALLOWED_ORIGINS", "not an origin"],
    ["AUTH_ISSUER", "not a url"],
    ["AUTH_JWKS_URL", "ftp://id.example"],
    ["AUTH_PUBLIC_KEY", "-----BEGIN PUBLIC KEY-----"],
    ["AUTH_PUBLIC_KEY", "/"],
    ["AUTH_SECRET", "too short"],
    ["AUTH_DEFAULT_ROOMS", "write:*, admin:*"],
    ["AUTH_GUESTS", "maybe"],
    ["AUTH_GUESTS", "off"],
    ["AUTH_AUDIENCE", "chat"],
    ["ALLOWED_HOSTS", "https://chat.example"],
    ["ALLOWED_HOSTS", "chat.example/path"],
    ["METRICS_PORT", "0"],
    ["METRICS_PORT", "8080"],
    ["TRUSTED_PROXIES", "-1"],
    ["TRUSTED_PROXIES", "all"],
    ["NEW_ROOMS_PER_MINUTE", "-1"],
    ["REQUESTS_PER_SECOND", "1.5"],
    ["BACKLOG_BYTES", "0"],
    ["MEMORY_BUDGET_BYTES", "512MiB"],
  ])("refuses %s=%s in one line that names the variable", (name, value) => {
    const around = name === "REDISPORT" ? { REDISHOST: "127.0.0.1" } : {};
    expect(faultsOf({ TOKEN_SECRET: SECRET, ...around, [name]: value })).toEqual([
      expect.stringContaining(name),
    ]);
  });

  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["requires TOKEN_SECRET with Redis", { REDIS_URL: "redis://127.0.0.1:1" }, "TOKEN_SECRET"],
    ["refuses ACK=replicated without Redis", { ACK: "replicated", TOKEN_SECRET: SECRET }, "ACK"],
    ["refuses REDISPORT without REDISHOST", { REDISPORT: "6379", TOKEN_SECRET: SECRET }, "REDISPORT"],
  ])("%s", (_, environment, name) => {
    expect(faultsOf(environment)).toEqual([expect.stringContaining(name)]);
  });

  it.each<[string, string]>([
    ["a secret of 31 bytes", "s".repeat(31)],
    ["a second secret that is too short", `${SECRET},short`],
    ["a first secret that is too short", `short,${SECRET}`],
    ["an empty secret behind a comma", `${SECRET},`],
    ["nothing but a comma", ","],
    ["spaces around a short secret", `${SECRET}, ${"s".repeat(31)} `],
  ])("[A4] does not take %s as TOKEN_SECRET, and repeats no secret", (_, secrets) => {
    const faults = faultsOf({ TOKEN_SECRET: secrets });
    expect(faults).toEqual([expect.stringContaining("TOKEN_SECRET")]);
    expect(faults.join()).not.toMatch(/sss|short,|a secret of/);
  });

  it("[A4] TOKEN_SECRET lists secrets of 32 bytes or more, in the order given", () => {
    const secretsOf = (secrets: string) => {
      const read = readConfiguration({ TOKEN_SECRET: secrets });
      return read.ok ? read.value.tokenSecrets : read.reason;
    };
    expect(secretsOf(SECRET)).toEqual([SECRET]);
    expect(secretsOf(` ${SECRET} , ${"é".repeat(16)},${"s".repeat(32)}`)).toEqual([
      SECRET,
      "é".repeat(16),
      "s".repeat(32),
    ]);
  });

  it("needs no variable, and treats an empty value as not set", () => {
    expect(faultsOf({})).toEqual([]);
    expect(faultsOf({ PORT: "", ACK: " ", REDIS_URL: "", ALLOWED_ORIGINS: "" })).toEqual([]);
  });

  it("accepts REDISHOST and REDISPORT instead of REDIS_URL", () => {
    const storage = (environment: Readonly<Record<string, string>>) => {
      const read = readConfiguration({ TOKEN_SECRET: SECRET, ...environment });
      return read.ok ? read.value.storage : read.reason;
    };
    const named = storage({ REDIS_URL: "redis://10.0.0.3:6380" });
    expect(named).toMatchObject({
      kind: "redis",
      access: { servers: { mode: "single", address: { host: "10.0.0.3", port: 6380 } } },
    });
    expect(storage({ REDISHOST: "10.0.0.3", REDISPORT: "6380" })).toEqual(named);
    expect(storage({ REDISHOST: "10.0.0.3" })).toEqual(storage({ REDIS_URL: "redis://10.0.0.3:6379" }));
  });

  const settingsOf = (environment: Readonly<Record<string, string>>) => {
    const read = readConfiguration(environment);
    return read.ok ? read.value.settings : undefined;
  };

  it("[L3] the bounds by address have bursts of a minute and of four seconds, and 0 is no bound", () => {
    expect(settingsOf({})).toMatchObject({
      newRooms: { perSecond: 1, burst: 60 },
      requests: { perSecond: 50, burst: 200 },
    });
    expect(settingsOf({ NEW_ROOMS_PER_MINUTE: "0", REQUESTS_PER_SECOND: "0" })).toMatchObject({
      newRooms: undefined,
      requests: undefined,
    });
  });

  it("[L3] one proxy is trusted on Cloud Run, elsewhere none, unless the setting names a number", () => {
    expect(settingsOf({})?.trustedProxies).toBe(0);
    expect(settingsOf({ K_SERVICE: "chat" })?.trustedProxies).toBe(1);
    expect(settingsOf({ K_SERVICE: "chat", TRUSTED_PROXIES: "2" })?.trustedProxies).toBe(2);
  });

  it("[W3] hosts are names with or without a port, in lower case", () => {
    const { allowedHosts } = settingsOf({ ALLOWED_HOSTS: "Chat.example, localhost:80,[::1]:8080" }) ?? {};
    expect(allowedHosts).toEqual(new Set(["chat.example", "localhost:80", "[::1]:8080"]));
  });
});

describe("the settings of the identity provider", () => {
  const AUTH_SECRET = "a secret of the provider, thirty-two bytes or more";

  it("[A2] more than one kind of key stops the start with one line that names them", () => {
    const [fault, ...others] = faultsOf({ AUTH_SECRET, AUTH_JWKS_URL: "https://id.example/keys" });
    expect(fault).toMatch(/AUTH_JWKS_URL.*AUTH_SECRET/);
    expect(fault).not.toContain(AUTH_SECRET);
    expect(others).toEqual([]);
  });

  it("[A2] guests are on without a provider, and off with one unless the setting says on", () => {
    const guests = (environment: Readonly<Record<string, string>>) => {
      const read = readConfiguration(environment);
      return read.ok && read.value.identity.guests;
    };
    expect(guests({})).toBe(true);
    expect(guests({ AUTH_SECRET })).toBe(false);
    expect(guests({ AUTH_SECRET, AUTH_GUESTS: "on" })).toBe(true);
    expect(guests({ AUTH_IAP_AUDIENCE: "/projects/1" })).toBe(false);
  });

  it("[A3] the default grants are write:* where the setting is missing, and none where it is empty", () => {
    const grants = (environment: Readonly<Record<string, string>>) => {
      const read = readConfiguration(environment);
      return read.ok ? read.value.identity.defaultGrants : read.reason;
    };
    expect(grants({})).toEqual([{ right: "write", name: "", isPrefix: true }]);
    expect(grants({ AUTH_DEFAULT_ROOMS: "" })).toEqual([]);
    expect(grants({ AUTH_DEFAULT_ROOMS: "read:tea" })).toEqual([
      { right: "read", name: "tea", isPrefix: false },
    ]);
  });
});
