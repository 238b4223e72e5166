/**
 * O1's METRICS_PORT, the parts of the memory budget, and where the page may connect.
 */
import { describe, expect, it } from "vitest";
import { freePort } from "../support/free-port.ts";
import { request } from "../support/http-client.ts";
import { metricOf } from "../support/metrics.ts";
import { newRoom, ServerFixture } from "../support/server-fixture.ts";

const metricsPort = await freePort();

describe("a server with METRICS_PORT", () => {
  const fixture = new ServerFixture("the embedded log", { METRICS_PORT: String(metricsPort) });

  it("[H4] serves /metrics on that port alone, and nothing else there", async () => {
    const other = `http://127.0.0.1:${metricsPort}`;
    const metrics = await request(`${other}/metrics`);
    expect(metrics.status).toBe(200);
    expect(metrics.body).toMatch(/^gapless_memory_budget_bytes 268435456$/m);
    expect((await request(`${fixture.server.url}/metrics`)).status).toBe(404);
    for (const path of ["/", "/health/live", "/api/rooms/tea/events", "/ws"]) {
      expect([path, (await request(`${other}${path}`)).status]).toEqual([path, 404]);
    }
  });
});

describe("a server with small backlogs", () => {
  const fixture = new ServerFixture("the embedded log", { BACKLOG_BYTES: "1000000" });

  it("[L4] attack 5: 12 rooms of long messages hold 1 MB, and each is resumed from its beginning", async () => {
    const rooms = Array.from({ length: 12 }, newRoom);
    const { client } = await fixture.greet("Ada");
    for (const room of rooms) {
      await client.join(room);
      await Promise.all(Array.from({ length: 200 }, () => client.post(room, "x".repeat(4_000))));
    }
    const backlogs = await metricOf(fixture.server.url, 'gapless_memory_bytes{part="backlogs"}');
    expect(backlogs).toBeLessThanOrEqual(1_000_000);
    expect(backlogs).toBeGreaterThan(100_000);
    const other = (await fixture.greet("Bob")).client;
    for (const room of rooms) {
      await other.join(room, { after: "0-0" });
      await other.reach(room, 201);
      const seqs = other.seenOf(room).map(({ seq }) => seq);
      expect(seqs.slice(0, 201)).toEqual(Array.from({ length: 201 }, (_, nth) => nth + 1));
    }
  });

  it("[W3] attack 12: the page may connect to its own origin alone", async () => {
    const { headers } = await request(fixture.server.url);
    const policy = headers.get("content-security-policy") ?? "";
    const { host } = new URL(fixture.server.url);
    expect(/connect-src ([^;]*)/.exec(policy)?.[1]).toBe(`'self' ws://${host} wss://${host}`);
  });
});
