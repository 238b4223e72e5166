/**
 * Tests of the limits by address over HTTP (L2, L3): requests, new rooms, and event streams as connections.
 */
import { describe, expect, it } from "vitest";
import { EventStream } from "../support/event-stream.ts";
import { newGuest, postMessage, request } from "../support/http-client.ts";
import { eventsUrl } from "../support/log-over-http.ts";
import { newRoom, ServerFixture } from "../support/server-fixture.ts";

const limited = {
  status: 429,
  type: expect.stringMatching(/^application\/problem\+json\b/),
  body: { code: "rate_limited", status: 429 },
};

describe("requests below /api", () => {
  const fixture = new ServerFixture("the embedded log", { REQUESTS_PER_SECOND: "5", TRUSTED_PROXIES: "1" });

  const from = (address: string, path: string) =>
    request(`${fixture.server.url}${path}`, { headers: { "x-forwarded-for": `10.9.8.7, ${address}` } });

  it("[L3] attack 6: 20 at once and 5 a second for each address, then 429 with Retry-After, on every path", async () => {
    for (const [address, path] of [
      ["192.0.2.1", "/api/nothing"],
      ["192.0.2.2", `/api/rooms/${newRoom()}/events`],
      ["2001:db8::1", "/api/nothing"],
    ] as const) {
      const answers = await Promise.all(Array.from({ length: 60 }, () => from(address, path)));
      const refused = answers.filter(({ status }) => status === 429);
      expect(refused.length).toBeGreaterThanOrEqual(30);
      expect(refused.length).toBeLessThanOrEqual(40);
      for (const answer of refused) {
        expect(answer).toMatchObject(limited);
        expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
      }
    }
    // The same /64 in another notation, and a path that is not below /api.
    expect((await from("2001:db8::ffff:1", "/api/nothing")).status).toBe(429);
    expect((await from("192.0.2.3", "/api/nothing")).status).toBe(404);
    expect((await from("192.0.2.1", "/health/live")).status).toBe(200);
  });
});

describe("rooms that are made over HTTP", () => {
  const fixture = new ServerFixture("the embedded log", { NEW_ROOMS_PER_MINUTE: "10" });

  it("[L3] attack 6: of 30 new rooms of 30 new guests 10 are made, and existing rooms still work", async () => {
    const { url } = fixture.server;
    const answers = await Promise.all(
      Array.from({ length: 30 }, async (_, nth) => {
        const { token } = await newGuest(url, `guest ${nth}`);
        const room = newRoom();
        return { room, token, answer: await postMessage(url, room, { token }, { text: "mine" }) };
      }),
    );
    const made = answers.filter(({ answer }) => answer.status === 201);
    expect(made).toHaveLength(10);
    const refused = answers.filter(({ answer }) => answer.status !== 201);
    for (const { answer } of refused) {
      expect(answer).toMatchObject(limited);
      expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    }
    for (const { room, token } of made) {
      expect((await postMessage(url, room, { token }, { text: "more" })).status).toBe(201);
    }
  });
});

describe("event streams", () => {
  const fixture = new ServerFixture("the embedded log", { MAX_CONNECTIONS: "3" });

  it("[L2] count as connections: beyond the bound it is 503 with Retry-After, until a stream has ended", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    await fixture.greet("Ada");
    const open = async () =>
      fixture.lifetime.own(await EventStream.open(eventsUrl(url, room)), (one) => one.close());
    const [first] = await Promise.all([open(), open()]);
    const refused = await request(eventsUrl(url, room), { headers: { accept: "text/event-stream" } });
    expect(refused).toMatchObject({ status: 503, body: { code: "unavailable" } });
    expect(refused.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    expect((await (await fixture.connect()).closed).code).toBe(1013);
    first?.close();
    let status = 503;
    while (status === 503) status = (await open()).response.status;
    expect(status).toBe(200);
  });
});
