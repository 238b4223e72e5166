/**
 * SPEC, Settings: an instance with REDIS_MODE=cluster serves all rooms, and says once when a part of the
 * cluster is out of reach.
 */
import { afterEach, describe, expect, it } from "vitest";
import { slotOf } from "../../src/adapters/redis/hash-slot.ts";
import { ClusterProcess } from "../support/cluster-process.ts";
import { newGuest, postMessage } from "../support/http-client.ts";
import { Lifetime } from "../support/lifetime.ts";
import { newRoom, QUICK, startInstance } from "../support/server-fixture.ts";

const PATIENT = { timeout: 30_000, interval: 50 };

describe("on a cluster", () => {
  const life = new Lifetime();
  afterEach(() => life.end());

  it("[H4] [D5] a dead master is one outage in the log, and all rooms are served once its replica is promoted", async () => {
    const cluster = life.own(await ClusterProcess.start(), (one) => one.remove());
    const instance = await startInstance(life, {
      ...QUICK,
      REDIS_MODE: "cluster",
      REDIS_URL: cluster.urls,
      REDIS_PREFIX: "shop",
    });
    const status = async (): Promise<number> => (await fetch(`${instance.url}/health/ready`)).status;
    await expect.poll(status, PATIENT).toBe(200);
    const { token } = await newGuest(instance.url, "Ada");
    const rooms = Array.from({ length: 40 }, () => newRoom());
    const postAll = (): Promise<readonly number[]> =>
      Promise.all(
        rooms.map(async (room) => (await postMessage(instance.url, room, { token }, { text: "hi" })).status),
      );
    expect(new Set(await postAll())).toEqual(new Set([201]));

    const master = await cluster.ownerOf(slotOf("shop:00"));
    const replica = await cluster.replicaInStep(master);
    await master.redis.kill();
    await expect.poll(status, PATIENT).toBe(503);
    await cluster.until(async () => (await cluster.ownerOf(slotOf("shop:00"))).id === replica.id);
    await expect.poll(status, PATIENT).toBe(200);
    expect(new Set(await postAll())).toEqual(new Set([201]));
    const messages = instance.process.stderr
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).message);
    expect(messages.filter((message) => message === "Redis can't be reached.")).toHaveLength(1);
    expect(messages.filter((message) => message === "Connected to Redis.")).toHaveLength(2);
  });
});
