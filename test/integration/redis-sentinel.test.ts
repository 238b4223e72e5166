/**
 * SPEC, Settings: with REDIS_MODE=sentinel the master that the sentinels name is followed within 5 s, after a
 * crash and after a planned failover.
 */
import { afterEach, describe, expect, it } from "vitest";
import { makeKeys } from "../../src/adapters/redis/keys.ts";
import { roomNamed } from "../contract/given.ts";
import { newRoom, QUICK, startInstance } from "../support/server-fixture.ts";
import { newGuest, postMessage } from "../support/http-client.ts";
import type { Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { RedisProcess } from "../support/redis-process.ts";
import { MASTER, SentinelProcess } from "../support/sentinel-process.ts";
import { WireClient } from "../support/wire-client.ts";

const FOLLOWED_WITHIN_MS = 5_000;
const PATIENT = { timeout: 30_000, interval: 50 };
const USER = ["ACL", "SETUSER", "chat", "on", ">data", "~*", "&*", "+@all"] as const;

describe("with sentinels", () => {
  const life = new Lifetime();
  let master: RedisProcess;
  let replica: RedisProcess;
  let sentinels: readonly SentinelProcess[];
  let instance: Instance;

  const isReady = async (): Promise<boolean> => (await fetch(`${instance.url}/health/ready`)).ok;

  /** A master, its replica, three sentinels that know each other, and an instance that is ready. */
  const deploy = async (): Promise<void> => {
    master = life.own(await RedisProcess.start(), (one) => one.remove());
    replica = life.own(await RedisProcess.prepare(), (one) => one.remove());
    await replica.restart("--replicaof", "127.0.0.1", `${master.port}`);
    for (const one of [master, replica]) await one.command(...USER);
    const started = await Promise.all([1, 2, 3].map(() => SentinelProcess.start(master, 2, "watch")));
    sentinels = started.map((one) => life.own(one, (sentinel) => sentinel.remove()));
    await expect
      .poll(async () => (await Promise.all(sentinels.map((one) => one.knows(1, 2)))).every(Boolean), PATIENT)
      .toBe(true);
    instance = await startInstance(life, {
      ...QUICK,
      REDIS_MODE: "sentinel",
      REDIS_URL: sentinels.map(({ url }) => url).join(","),
      REDIS_USERNAME: "chat",
      REDIS_PASSWORD: "data",
    });
    await expect.poll(isReady, PATIENT).toBe(true);
  };
  afterEach(() => life.end());

  const roleOf = async (redis: RedisProcess): Promise<unknown> => {
    const role = await redis.command("ROLE");
    return Array.isArray(role) ? role[0] : undefined;
  };

  const failovers: readonly [string, () => Promise<unknown>][] = [
    ["a planned failover", async () => sentinels[0]?.command("FAILOVER", MASTER)],
    ["a crash of the master", () => master.kill()],
  ];

  it.each(failovers)("[D5] [D2] the new master is followed within 5 s after %s", async (name, failOver) => {
    await deploy();
    const room = roomNamed(newRoom());
    const { token } = await newGuest(instance.url, "Ada");
    const post = async (key: string) =>
      (await postMessage(instance.url, room, { token, key }, { text: key })).status;
    const client = life.own(await WireClient.connect(instance.webSocketUrl), (one) => one.cut());
    await client.hello("Bob");
    await client.join(room, { after: "0-0" });
    expect(await post("before")).toBe(201);
    const logKey = makeKeys("gapless").room(room).log;
    const copied = (): Promise<number> => replica.operate((operator) => operator.xlen(logKey));
    await expect.poll(copied, PATIENT).toBe(2);

    await failOver();
    await expect.poll(() => roleOf(replica), PATIENT).toBe("master");
    const promoted = performance.now();
    // Until the old master is told, it may still store what the new one never gets (R4).
    let count = 0;
    const arrives = async (): Promise<boolean> => {
      count += 1;
      await post(`after-${count}`);
      const text = JSON.stringify(await replica.operate((operator) => operator.xrevrange(logKey, "+", "-")));
      return text.includes(`after-${count}`);
    };
    await expect.poll(arrives, PATIENT).toBe(true);
    const followed = performance.now() - promoted;
    process.stderr.write(`${name}: followed after ${Math.round(followed)} ms\n`);
    expect(followed).toBeLessThan(FOLLOWED_WITHIN_MS);
    // Every connection has moved: delivery goes on as well.
    const { status } = await postMessage(instance.url, room, { token, key: "last" }, { text: "last" });
    expect(status).toBe(201);
    const hasLast = () => client.seenOf(room).some((event) => "key" in event && event.key === "last");
    await expect.poll(hasLast, PATIENT).toBe(true);
    await expect.poll(isReady, PATIENT).toBe(true);
  });

  it("[H4] an unknown master is one log line, and the instance is not ready", async () => {
    await deploy();
    const lost = await startInstance(life, {
      ...QUICK,
      REDIS_MODE: "sentinel",
      REDIS_MASTER: "another",
      REDIS_URL: sentinels.map(({ url }) => url).join(","),
    });
    expect((await fetch(`${lost.url}/health/ready`)).status).toBe(503);
    expect(
      lost.process.stderr
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([expect.objectContaining({ cause: expect.stringContaining("REDIS_MASTER") })]);
  });
});
