/**
 * Tests of the settings that say how to reach Redis (SPEC, Settings): which are valid, and which contradict
 * each other. No fault repeats a password.
 */
import { describe, expect, it } from "vitest";
import { causeText } from "../../src/adapters/redis/outage-cause.ts";
import { evictsLogs, refusalOf, serverFacts } from "../../src/adapters/redis/server-facts.ts";
import { readConfiguration } from "../../src/configuration.ts";

const NOT_A_CERTIFICATE = "-----BEGIN CERTIFICATE-----\nbm90IG9uZQ==\n-----END CERTIFICATE-----\n";

const files: Readonly<Record<string, string>> = { "/password": "secret-in-file\n", "/empty.pem": "" };

const read = (environment: Readonly<Record<string, string>>) =>
  readConfiguration({ TOKEN_SECRET: "s".repeat(32), ...environment }, (path) => {
    const text = files[path];
    if (text === undefined) throw new Error(`ENOENT: no such file, open '${path}'`);
    return text;
  });

const faultsOf = (environment: Readonly<Record<string, string>>): readonly string[] => {
  const configuration = read(environment);
  return configuration.ok ? [] : configuration.reason;
};

const accessOf = (environment: Readonly<Record<string, string>>) => {
  const configuration = read(environment);
  if (!configuration.ok) return configuration.reason;
  const { storage } = configuration.value;
  return storage.kind === "redis" ? storage.access : undefined;
};

const PLAIN = { REDIS_URL: "redis://10.0.0.3:6379" };
const SECURE = { REDIS_URL: "rediss://10.0.0.3:6378" };

describe("the settings of Redis", () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    ["an unknown mode", { ...PLAIN, REDIS_MODE: "replicated" }, "REDIS_MODE"],
    ["a mode without Redis", { REDIS_MODE: "cluster" }, "REDIS_MODE"],
    ["several URLs of a single server", { REDIS_URL: "redis://a:1,redis://b:2" }, "REDIS_URL"],
    ["an item that is no URL", { REDIS_MODE: "cluster", REDIS_URL: "redis://a:1,b:2" }, "REDIS_URL"],
    ["mixed protocols", { REDIS_MODE: "cluster", REDIS_URL: "redis://a:1,rediss://b:2" }, "REDIS_URL"],
    ["a database of a cluster", { REDIS_MODE: "cluster", REDIS_URL: "redis://a:1/2" }, "REDIS_URL"],
    ["a path that is no database", { REDIS_URL: "redis://a:1/chat" }, "REDIS_URL"],
    ["a master without sentinels", { ...PLAIN, REDIS_MASTER: "mymaster" }, "REDIS_MASTER"],
    ["a user without Redis", { REDIS_USERNAME: "chat" }, "REDIS_USERNAME"],
    ["a password without Redis", { REDIS_PASSWORD: "secret" }, "REDIS_PASSWORD"],
    [
      "two passwords",
      { ...PLAIN, REDIS_PASSWORD: "secret-1", REDIS_PASSWORD_FILE: "/password" },
      "REDIS_PASSWORD_FILE",
    ],
    [
      "a password file that is not there",
      { ...PLAIN, REDIS_PASSWORD_FILE: "/absent" },
      "REDIS_PASSWORD_FILE",
    ],
    ["an authority without TLS", { ...PLAIN, REDIS_CA: "/empty.pem" }, "REDIS_CA"],
    ["an authority that is not there", { ...SECURE, REDIS_CA: "/absent.pem" }, "REDIS_CA"],
    ["a file without a certificate", { ...SECURE, REDIS_CA: "/empty.pem" }, "REDIS_CA"],
    ["a certificate that can't be read", { ...SECURE, REDIS_CA: NOT_A_CERTIFICATE }, "REDIS_CA"],
    ["a server name without TLS", { ...PLAIN, REDIS_SERVERNAME: "redis" }, "REDIS_SERVERNAME"],
    ["a URL with a broken escape", { REDIS_URL: "redis://a:secret%zz@b:1" }, "REDIS_URL"],
  ])("refuses %s, names the variable, and repeats no secret", (_, environment, name) => {
    const faults = faultsOf(environment);
    expect(faults.length).toBeGreaterThan(0);
    expect(faults.every((fault) => fault.includes(name))).toBe(true);
    expect(faults.join()).not.toContain("secret");
  });

  it("a single server has the credentials and the database of its URL", () => {
    expect(accessOf({ REDIS_URL: "redis://ann:p%40ss@[::1]:6380/3" })).toEqual({
      servers: { mode: "single", address: { host: "::1", port: 6380 } },
      credentials: { username: "ann", password: { from: "setting", text: "p@ss" } },
      database: 3,
      tls: undefined,
    });
  });

  it("settings replace the credentials in the URL, and a line break is no part of a password", () => {
    const url = { REDIS_URL: "redis://ann:old@a:1" };
    expect(accessOf({ ...url, REDIS_USERNAME: "ben", REDIS_PASSWORD: " new pass\n" })).toMatchObject({
      credentials: { username: "ben", password: { from: "setting", text: " new pass" } },
    });
    expect(accessOf({ ...url, REDIS_PASSWORD_FILE: "/password" })).toMatchObject({
      credentials: { username: "ann", password: { from: "file", path: "/password" } },
    });
  });

  it("the credentials in a sentinel's URL are the sentinel's, and the master has a default name", () => {
    const environment = { REDIS_MODE: "sentinel", REDIS_URL: "redis://:watch@a:1, redis://b" };
    expect(accessOf({ ...environment, REDIS_PASSWORD: "data" })).toMatchObject({
      servers: {
        mode: "sentinel",
        master: "mymaster",
        sentinels: [
          { address: { host: "a", port: 1 }, credentials: { password: { text: "watch" } } },
          { address: { host: "b", port: 26_379 }, credentials: { password: undefined } },
        ],
      },
      credentials: { username: undefined, password: { text: "data" } },
    });
  });

  it("a cluster has nodes, and a password may contain a comma", () => {
    const environment = { REDIS_MODE: "cluster", REDIS_URL: "rediss://:a,b@n1:1,rediss://:a,b@n2:2" };
    expect(accessOf({ ...environment, REDIS_SERVERNAME: "redis.internal" })).toMatchObject({
      servers: { mode: "cluster", nodes: [{ host: "n1" }, { host: "n2" }] },
      credentials: { password: { text: "a,b" } },
      tls: { ca: undefined, serverName: "redis.internal" },
    });
  });
});

describe("what a server says about itself", () => {
  const facts = (...lines: readonly string[]) => serverFacts(lines.join("\r\n"));

  it.each([
    [facts("redis_version:6.0.20"), /6\.0\.20 is too old/],
    [facts("redis_version:7.2.4", "redis_mode:sentinel"), /REDIS_MODE.*sentinel/],
    [facts("redis_version:7.2.4", "loading:1"), /^LOADING/],
    [facts("redis_version:7.2.4", "role:slave"), /^READONLY/],
  ])("is a reason to refuse it: %o", (facts, reason) => {
    expect(refusalOf(facts, "standalone")?.message).toMatch(reason);
  });

  it("gives no reason against it if it is new enough, a master and in the right mode, or says nothing", () => {
    const good = facts("redis_version:6.2.0", "redis_mode:cluster", "role:master", "loading:0");
    expect(refusalOf(good, "cluster")).toBeUndefined();
    expect(refusalOf(facts("redis_version:10.0.1"), "standalone")).toBeUndefined();
    expect(refusalOf(facts(), "standalone")).toBeUndefined();
  });

  it("shows whether it evicts keys without a TTL", () => {
    expect(evictsLogs(facts("maxmemory_policy:allkeys-lfu"))).toBe(true);
    expect(evictsLogs(facts("maxmemory_policy:volatile-lru"))).toBe(false);
  });
});

describe("the cause of an outage", () => {
  it("names each address of a host, and the reason behind a reason", () => {
    expect(causeText(new AggregateError([new Error("::1 refused"), new Error("127.0.0.1 refused")]))).toBe(
      "::1 refused; 127.0.0.1 refused",
    );
    expect(causeText(new Error("down", { cause: new Error("cut") }))).toBe("down: cut");
  });
});
