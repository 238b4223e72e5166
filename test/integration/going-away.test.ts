/**
 * Going away: connections are asked to move before anything ends them, and the process ends cleanly.
 */
import { describe, expect, it } from "vitest";
import { LOGS, newRoom, settingsOf, startInstance } from "../support/server-fixture.ts";
import { Lifetime } from "../support/lifetime.ts";
import { upgradeStatus, WireClient } from "../support/wire-client.ts";
import type { Instance } from "../support/instance.ts";

const connect = async (life: Lifetime, instance: Instance): Promise<WireClient> =>
  life.own(await WireClient.connect(instance.webSocketUrl), (one) => one.cut());

// They wait for most of their time.
describe.concurrent.each(LOGS)("going away, on %s", (log) => {
  it("[G1] [G4] a connection is asked to move before the timeout, served until the deadline, then closed with 1012", async ({
    onTestFinished,
  }) => {
    const life = new Lifetime();
    onTestFinished(() => life.end());
    const instance = await startInstance(life, { ...(await settingsOf(log, life)), REQUEST_TIMEOUT_S: "3" });
    const opened = performance.now();
    const client = await connect(life, instance);
    await client.hello("Ada");
    const room = newRoom();
    await client.join(room);
    const goAway = await client.next("goaway", () => true, 6_000);
    const asked = performance.now() - opened;
    expect(goAway).toMatchObject({ reason: "rotation" });
    expect(goAway.afterMs).toBeLessThanOrEqual(goAway.deadlineMs);
    // Asked at 80 % of the timeout or later, and given less than what is left of it: neither figure depends on how fast this machine is.
    expect(asked).toBeGreaterThan(2_400);
    expect(goAway.deadlineMs).toBeLessThan(600);
    expect((await client.post(room, "still served")).duplicate).toBe(false);
    expect((await client.closed).code).toBe(1012);
  });

  it("[G2] on SIGTERM everybody is asked to go within 2 s, served until then, and the process exits with 0 within 10 s", async ({
    onTestFinished,
  }) => {
    const life = new Lifetime();
    onTestFinished(() => life.end());
    const instance = await startInstance(life, await settingsOf(log, life));
    const room = newRoom();
    const clients = await Promise.all([1, 2, 3, 4].map(() => connect(life, instance)));
    for (const client of clients) {
      await client.hello("Ada");
      await client.join(room);
    }
    const silent = await connect(life, instance);
    const began = performance.now();
    const exited = instance.stop();
    const asked = await Promise.all(clients.map((client) => client.next("goaway", () => true, 2_000)));
    expect(new Set(asked.map(({ afterMs }) => afterMs)).size).toBe(4);
    for (const { reason, afterMs, deadlineMs } of asked) {
      expect(reason).toBe("shutdown");
      expect(afterMs).toBeLessThanOrEqual(deadlineMs);
    }
    expect((await silent.closed).code).toBe(1012);
    expect(await upgradeStatus(instance.webSocketUrl)).toBe(503);
    expect((await fetch(`${instance.url}/health/ready`)).status).toBe(503);
    for (const client of clients) expect((await client.post(room, "still served")).duplicate).toBe(false);
    expect((await Promise.all(clients.map(({ closed }) => closed))).map(({ code }) => code)).toEqual([
      1012, 1012, 1012, 1012,
    ]);
    expect(await exited).toEqual({ code: 0, signal: null });
    expect(performance.now() - began).toBeLessThan(10_000);
  });
});

describe.concurrent("a newer revision, on Redis", () => {
  it("[G3] sends on the connections that an older one holds, once; who comes to the old one later stays", async ({
    onTestFinished,
  }) => {
    const life = new Lifetime();
    onTestFinished(() => life.end());
    const settings = { ...(await settingsOf("Redis", life)) };
    // Revisions of a service are known for good, so each run has names of its own.
    const [older, newer] = [`r-${crypto.randomUUID()}`, `r-${crypto.randomUUID()}`];
    const old = await startInstance(life, { ...settings, K_REVISION: older });
    const before = await connect(life, old);
    await before.hello("Ada");
    await startInstance(life, { ...settings, K_REVISION: newer });
    const { reason, afterMs, deadlineMs } = await before.next("goaway", () => true, 10_000);
    expect(reason).toBe("upgrade");
    expect(afterMs).toBeLessThanOrEqual(deadlineMs);
    const after = await connect(life, old);
    await after.hello("Bob");
    // Two beats, in which a second look at the revisions would have told.
    for (let beat = 0; beat < 10; beat += 1) await after.next("heartbeat", () => true, 2_000);
    expect(after.received.some(({ type }) => type === "goaway")).toBe(false);
  });
});
