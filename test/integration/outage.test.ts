/**
 * Tests of SPEC, Delivery, while the log can't be reached: a Redis of the test is frozen, killed and
 * restarted behind a server.
 */
import { setTimeout as elapse } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { newRoom, QUICK, startInstance } from "../support/server-fixture.ts";
import { newGuest, postMessage } from "../support/http-client.ts";
import type { Instance } from "../support/instance.ts";
import { Lifetime } from "../support/lifetime.ts";
import { readLog } from "../support/log-over-http.ts";
import { RedisProcess } from "../support/redis-process.ts";
import { WireClient } from "../support/wire-client.ts";

const BY_THEN_MS = 2000;
/** Additional time for this machine. */
const SLACK_MS = 1000;

describe("while Redis is away", () => {
  const life = new Lifetime();
  let redis: RedisProcess;
  let server: Instance;

  beforeEach(async () => {
    redis = life.own(await RedisProcess.start(), (one) => one.remove());
    server = await startInstance(life, { ...QUICK, REDIS_URL: redis.url });
  });
  afterEach(() => life.end());

  const enter = async (name: string, room: string): Promise<WireClient> => {
    const client = life.own(await WireClient.connect(server.webSocketUrl), (one) => one.cut());
    await client.hello(name);
    await client.join(room, { after: "0-0" });
    return client;
  };

  /** Sends the same command again and again until it is served. */
  const insist = async (client: WireClient, frame: object) => {
    for (;;) {
      const answer = await client.request(frame);
      if (answer.type !== "error" || answer.code !== "unavailable") return answer;
      await elapse(100);
    }
  };

  const outages: readonly [string, () => unknown, () => unknown][] = [
    ["frozen", () => redis.pause(), () => redis.resume()],
    ["killed and started again", () => redis.kill(), () => redis.restart()],
  ];

  it.each(outages)(
    "[D5] [D2] %s: commands are unavailable within 2 s, connections stay open, and delivery continues by itself",
    async (_, goAway, comeBack) => {
      const room = newRoom();
      const ada = await enter("Ada", room);
      const bob = await enter("Bob", room);
      await ada.post(room, "before");
      await goAway();
      const post = { type: "post", room, key: "meanwhile", text: "meanwhile" };
      for (const frame of [post, { type: "join", room: newRoom() }, { ...post, key: "other" }]) {
        const start = performance.now();
        expect(await ada.request(frame)).toMatchObject({ type: "error", code: "unavailable" });
        expect(performance.now() - start).toBeLessThan(BY_THEN_MS + SLACK_MS);
      }
      expect((await fetch(`${server.url}/health/live`)).status).toBe(200);
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(503);
      expect((await fetch(`${server.url}/api/rooms/${newRoom()}/events`)).status).toBe(503);
      await comeBack();
      expect((await insist(ada, post)).type).toBe("ack");
      const last = await ada.post(room, "after");
      for (const client of [ada, bob]) {
        await client.reach(room, last.seq);
        const seen = client.seenOf(room);
        expect(seen.map(({ seq }) => seq)).toEqual(
          Array.from({ length: last.seq }, (__, index) => index + 1),
        );
        expect(seen).toEqual(await readLog(server.url, room));
        expect(seen.filter((event) => "key" in event && event.key === "meanwhile")).toHaveLength(1);
      }
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
    },
  );

  it.each(["HTTP", "WebSocket"])(
    "[D5] full: the instance stays ready, and logs once why a post over %s is not stored",
    async (way) => {
      const room = newRoom();
      const ada = await enter("Ada", room);
      const { token } = await newGuest(server.url, "Bob");
      const status = async (key: string): Promise<unknown> =>
        way === "HTTP"
          ? (await postMessage(server.url, room, { token, key }, { text: key })).status
          : (await ada.request({ type: "post", room, key, text: key })).type;
      await redis.command("CONFIG", "SET", "maxmemory", "500000");
      for (const key of ["one", "two"]) expect(await status(key)).toBe(way === "HTTP" ? 503 : "error");
      expect((await fetch(`${server.url}/health/ready`)).status).toBe(200);
      await redis.command("CONFIG", "SET", "maxmemory", "0");
      expect(await status("one")).toBe(way === "HTTP" ? 201 : "ack");
      await expect.poll(() => server.process.stderr).toContain("refuses writes");
      const lines = server.process.stderr.trim().split("\n");
      expect(lines.map((line) => JSON.parse(line))).toEqual([
        expect.objectContaining({ severity: "INFO", message: "Connected to Redis." }),
        expect.objectContaining({
          severity: "WARNING",
          message: "Redis refuses writes.",
          cause: expect.stringMatching(/^OOM /),
        }),
      ]);
    },
  );

  it("[D5] [H4] a server that starts without its Redis is not ready, and serves once Redis is there", async () => {
    await redis.kill();
    const early = await startInstance(life, { ...QUICK, REDIS_URL: redis.url });
    expect((await fetch(`${early.url}/health/ready`)).status).toBe(503);
    const client = life.own(await WireClient.connect(early.webSocketUrl), (one) => one.cut());
    await client.hello("Ada");
    const room = newRoom();
    expect(await client.request({ type: "join", room })).toMatchObject({
      type: "error",
      code: "unavailable",
    });
    await redis.restart();
    expect((await insist(client, { type: "join", room })).type).toBe("joined");
    expect((await client.post(room, "at last")).duplicate).toBe(false);
  });
});
