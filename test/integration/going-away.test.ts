/**
 * Tests of SPEC, Going away: connections are asked to move before they end, and the process exits cleanly.
 */
import { describe, expect, it } from "vitest";
import { LOGS, newRoom, settingsOf, startInstance } from "../support/server-fixture.ts";
import { Lifetime } from "../support/lifetime.ts";
import { upgradeStatus, WireClient } from "../support/wire-client.ts";
import type { Instance } from "../support/instance.ts";

const connect = async (life: Lifetime, instance: Instance): Promise<WireClient> =>
  life.own(await WireClient.connect(instance.webSocketUrl), (one) => one.cut());

// These tests run at the same time, because they mostly wait.
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
    // The goaway comes at 80 % of the timeout or later, and its deadline is before the timeout. Neither
    // depends on the speed of this machine.
    expect(asked).toBeGreaterThan(2_400);
    expect(goAway.deadlineMs).toBeLessThan(600);
    expect((await client.post(room, "still served")).duplicate).toBe(false);
    expect((await client.closed).code).toBe(1012);
  });

  it("[G2] on SIGTERM all connections get goaway within 2 s and are served until they go, and the process exits with 0 within 10 s", async ({
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
  it("[G3] moves the connections of an older one once, and a connection that comes to the old one later stays", async ({
    onTestFinished,
  }) => {
    const life = new Lifetime();
    onTestFinished(() => life.end());
    const settings = { ...(await settingsOf("Redis", life)) };
    // A service remembers its revisions forever, so each run has names of its own.
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
    // In two heartbeats a second goaway would have come.
    for (let beat = 0; beat < 10; beat += 1) await after.next("heartbeat", () => true, 2_000);
    expect(after.received.some(({ type }) => type === "goaway")).toBe(false);
  });
});
