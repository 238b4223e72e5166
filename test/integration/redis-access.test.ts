/**
 * SPEC, Settings: TLS, users and passwords of a real Redis. A fault is one log line that names the cause, the
 * instance is not ready, and it recovers without a restart.
 */
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newRoom, QUICK, startInstance } from "../support/server-fixture.ts";
import { Certificates, type KeyPair } from "../support/certificates.ts";
import { freePort } from "../support/free-port.ts";
import { newGuest, postMessage } from "../support/http-client.ts";
import { ServerProcess, type Environment, type Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { RedisProcess } from "../support/redis-process.ts";

/** Whether a port accepts connections. */
const accepts = async (port: number): Promise<boolean> => {
  const socket = connect(port, "127.0.0.1");
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
};

const NAME = "redis.internal";
const READY_WITHIN_MS = 10_000;

describe("the access to Redis", () => {
  const life = new Lifetime();
  let redis: RedisProcess;

  beforeEach(async () => {
    redis = life.own(await RedisProcess.prepare(), (one) => one.remove());
  });
  afterEach(() => life.end());

  const start = (settings: Environment): Promise<Instance> =>
    startInstance(life, { ...QUICK, REDIS_URL: redis.url, ...settings });

  const readiness = async ({ url }: Instance): Promise<number> => (await fetch(`${url}/health/ready`)).status;

  const becomesReady = (instance: Instance): Promise<void> =>
    expect.poll(() => readiness(instance), { timeout: READY_WITHIN_MS }).toBe(200);

  const linesOf = ({ process }: Instance): readonly Readonly<Record<string, unknown>>[] =>
    process.stderr
      .split("\n")
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line));

  const posts = async (instance: Instance): Promise<number> => {
    const { token } = await newGuest(instance.url, "Ada");
    return (await postMessage(instance.url, newRoom(), { token }, { text: "hi" })).status;
  };

  /** The causes in all lines so far, each of which must say that Redis can't be reached. */
  const causesOf = async (instance: Instance): Promise<readonly unknown[]> => {
    expect(await readiness(instance)).toBe(503);
    return linesOf(instance).map(({ severity, message, cause }) =>
      severity === "WARNING" && message === "Redis can't be reached." ? cause : message,
    );
  };

  /** The messages of all lines once the instance serves again. */
  const linesAfterRecovery = async (instance: Instance): Promise<readonly unknown[]> => {
    await becomesReady(instance);
    expect(await posts(instance)).toBe(201);
    return linesOf(instance).map(({ message }) => message);
  };

  const ONE_OUTAGE = ["Redis can't be reached.", "Connected to Redis."];

  describe("by TLS", () => {
    let certificates: Certificates;
    let port: number;
    let authority: KeyPair;
    let other: KeyPair;

    beforeEach(async () => {
      certificates = life.own(await Certificates.inNewFolder(), (one) => one.remove());
      port = await freePort();
      authority = certificates.authority("authority");
      other = certificates.authority("other");
    });

    const serveWith = (pair: KeyPair, by: KeyPair): Promise<void> =>
      redis.restart(
        "--tls-port",
        `${port}`,
        "--tls-cert-file",
        pair.certificate,
        "--tls-key-file",
        pair.key,
        "--tls-ca-cert-file",
        by.certificate,
        "--tls-auth-clients",
        "no",
      );

    it("several authorities may be trusted, as PEM or as a file, and the certificate may bear a name", async () => {
      await serveWith(await certificates.server(NAME, authority), authority);
      const bundle = [other, authority].map((pair) => readFileSync(pair.certificate, "utf8")).join("\n");
      const secure = { REDIS_URL: `rediss://127.0.0.1:${port}`, REDIS_SERVERNAME: NAME };
      for (const ca of [bundle, authority.certificate]) {
        const instance = await start({ ...secure, REDIS_CA: ca });
        await becomesReady(instance);
        expect(await posts(instance)).toBe(201);
      }
    });

    it("[H4] [D5] a certificate of another authority is refused until Redis gets the right one", async () => {
      await serveWith(await certificates.server(NAME, other), other);
      const instance = await start({
        REDIS_URL: `rediss://127.0.0.1:${port}`,
        REDIS_CA: authority.certificate,
        REDIS_SERVERNAME: NAME,
      });
      expect(await causesOf(instance)).toEqual([expect.stringMatching(/not trusted \(REDIS_CA\)/)]);
      await serveWith(await certificates.server(NAME, authority), authority);
      expect(await linesAfterRecovery(instance)).toEqual(ONE_OUTAGE);
    });

    it("[H4] [D5] a certificate with another name is refused until Redis gets the right one", async () => {
      await serveWith(await certificates.server("elsewhere.internal", authority), authority);
      const instance = await start({
        REDIS_URL: `rediss://127.0.0.1:${port}`,
        REDIS_CA: authority.certificate,
        REDIS_SERVERNAME: NAME,
      });
      expect(await causesOf(instance)).toEqual([expect.stringMatching(/another name \(REDIS_SERVERNAME\)/)]);
      await serveWith(await certificates.server(NAME, authority), authority);
      expect(await linesAfterRecovery(instance)).toEqual(ONE_OUTAGE);
    });
  });

  describe("by user and password", () => {
    const PASSWORD = "first-Passw0rd, with a comma";
    const NEXT = "second-Passw0rd";

    const acl = (...rules: readonly string[]): Promise<unknown> =>
      redis.command(
        "ACL",
        "SETUSER",
        "chat",
        "on",
        "~{gapless:*",
        "&gapless:*",
        "+@all",
        "-@dangerous",
        ...rules,
      );

    /** The ids of a user's connections. */
    const clientsOf = async (user: string): Promise<readonly string[]> => {
      const list = String(await redis.command("CLIENT", "LIST")).split("\n");
      return list.filter((line) => line.includes(` user=${user} `)).map((line) => line.split(" ")[0] ?? "");
    };

    it("[H4] [D5] an ACL user without INFO serves, and its settings replace those in the URL", async () => {
      await redis.restart();
      await acl(`>${PASSWORD}`);
      const instance = await start({
        REDIS_URL: redis.url.replace("//", "//nobody:nothing@"),
        REDIS_USERNAME: "chat",
        REDIS_PASSWORD: PASSWORD,
      });
      await becomesReady(instance);
      expect(await posts(instance)).toBe(201);
    });

    it("[H4] [D5] a wrong password is one line, and the instance recovers when Redis accepts it", async () => {
      await redis.restart();
      await acl(`>${NEXT}`);
      const instance = await start({ REDIS_USERNAME: "chat", REDIS_PASSWORD: PASSWORD });
      expect(await causesOf(instance)).toEqual([
        expect.stringMatching(/^Redis refuses the credentials: WRONGPASS/),
      ]);
      await acl(`>${PASSWORD}`);
      expect(await linesAfterRecovery(instance)).toEqual(ONE_OUTAGE);
      expect(instance.process.stderr + instance.process.stdout).not.toContain(PASSWORD);
    });

    it("[H4] [D5] a missing password is one line", async () => {
      await redis.restart();
      const instance = await start({});
      await becomesReady(instance);
      await redis.command("CONFIG", "SET", "requirepass", PASSWORD);
      const late = await start({});
      expect(await causesOf(late)).toEqual([expect.stringMatching(/^Redis refuses the credentials: NOAUTH/)]);
    });

    it("a password alone is that of the default user, by its setting or in the URL", async () => {
      await redis.restart();
      const early = await start({ REDIS_PASSWORD: PASSWORD });
      // A Redis without a password serves all the same.
      await becomesReady(early);
      await redis.command("CONFIG", "SET", "requirepass", PASSWORD);
      const url = redis.url.replace("//", `//:${encodeURIComponent(PASSWORD)}@`);
      for (const settings of [{ REDIS_PASSWORD: PASSWORD }, { REDIS_URL: url }]) {
        const instance = await start(settings);
        await becomesReady(instance);
        expect(await posts(instance)).toBe(201);
        expect(linesOf(instance).map(({ message }) => message)).toEqual(["Connected to Redis."]);
      }
    });

    it("[D5] a password file is read for each new connection; live connections stay", async () => {
      const folder = life.own(await mkdtemp(join(tmpdir(), "gapless-password-")), (path) =>
        rm(path, { recursive: true }),
      );
      const file = join(folder, "password");
      await writeFile(file, `${PASSWORD}\n`);
      await redis.restart();
      await acl(`>${PASSWORD}`);
      const instance = await start({ REDIS_USERNAME: "chat", REDIS_PASSWORD_FILE: file });
      await becomesReady(instance);
      const clients = await clientsOf("chat");
      expect(clients.length).toBeGreaterThan(1);

      await acl(`>${NEXT}`, `<${PASSWORD}`);
      expect(await posts(instance)).toBe(201);
      expect(await readiness(instance)).toBe(200);
      expect(await clientsOf("chat")).toEqual(clients);
      await redis.command("CLIENT", "KILL", "USER", "chat");
      await expect.poll(() => readiness(instance), { timeout: READY_WITHIN_MS }).toBe(503);
      await writeFile(file, `${NEXT}\r\n`);
      await becomesReady(instance);
      expect(await posts(instance)).toBe(201);
      expect((await clientsOf("chat")).filter((id) => clients.includes(id))).toEqual([]);
      expect(instance.process.stderr).not.toMatch(new RegExp(`${PASSWORD}|${NEXT}`));
    });
  });

  it("[H4] [D5] a Redis that loads its data is one line, and serves once it has loaded", async () => {
    await redis.restart("--appendonly", "no");
    await redis.operate(async (operator) => {
      for (let nth = 0; nth < 400; nth += 1) await operator.set(`key-${nth}`, "x".repeat(100));
    });
    await redis.command("SAVE");
    await redis.kill();
    // It has loaded 400 keys after 10 ms each.
    const loaded = redis.restart(
      "--appendonly",
      "no",
      "--key-load-delay",
      "10000",
      "--loading-process-events-interval-bytes",
      "1024",
    );
    await expect.poll(() => accepts(redis.port), { timeout: READY_WITHIN_MS }).toBe(true);
    const instance = await start({});
    expect(await causesOf(instance)).toEqual([expect.stringMatching(/^LOADING/)]);
    await loaded;
    expect(await linesAfterRecovery(instance)).toEqual(ONE_OUTAGE);
  });

  it("[H4] [D5] a master that becomes a replica is one line, and serves once it is a master again", async () => {
    await redis.restart();
    const other = life.own(await RedisProcess.start(), (one) => one.remove());
    const instance = await start({});
    await becomesReady(instance);
    // A reader of the tail notices at once.
    const reading = await fetch(`${instance.url}/api/rooms/${newRoom()}/events`, {
      headers: { accept: "text/event-stream" },
    });
    await redis.follow(other);
    await expect.poll(() => readiness(instance), { timeout: READY_WITHIN_MS }).toBe(503);
    await redis.promote();
    await becomesReady(instance);
    expect(await posts(instance)).toBe(201);
    await reading.body?.cancel();
    const outages = linesOf(instance).filter(({ message }) => message === "Redis can't be reached.");
    expect(outages).toEqual([
      expect.objectContaining({ cause: expect.stringMatching(/^(?:READONLY|UNBLOCKED)/) }),
    ]);
  });

  it("a Redis that evicts logs gets a warning, once", async () => {
    await redis.restart("--maxmemory-policy", "allkeys-lru");
    const instance = await start({});
    await becomesReady(instance);
    expect(linesOf(instance).filter(({ severity }) => severity === "WARNING")).toEqual([
      expect.objectContaining({ message: expect.stringContaining("evicts"), policy: "allkeys-lru" }),
    ]);
  });

  it("a Redis older than 6.2 stops the start with one line", async () => {
    const info = "redis_version:6.0.16\r\nredis_mode:standalone\r\nrole:master\r\n";
    const old = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.on("data", () => socket.write(`$${info.length}\r\n${info}\r\n`));
    });
    await once(old.listen(0, "127.0.0.1"), "listening");
    life.own(old, (server) => server.close());
    const address = old.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const server = new ServerProcess({ ...QUICK, REDIS_URL: `redis://127.0.0.1:${port}` });
    expect((await server.end()).code).toBe(1);
    expect(server.stderr).toContain("Redis 6.0.16 is too old: the service needs 6.2 or newer\n");
  });
});
