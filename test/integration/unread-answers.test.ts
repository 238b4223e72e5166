/**
 * Tests of a client that sends and never reads (D8). The bytes that wait for it are bounded. It is ended
 * although it answers pings, and the frames that it sends afterwards are not even decoded.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, newRoom } from "../support/server-fixture.ts";
import { eventsUrl } from "../support/log-over-http.ts";
import { metricOf, residentBytesOf, settled } from "../support/metrics.ts";
import { RawConnection } from "../support/raw-http.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const TEXT = "x".repeat(4_000);

/** A room with 500 messages of 4,000 characters: 2 MB a page. */
const fill = async (fixture: ServerFixture): Promise<string> => {
  const room = newRoom();
  const writer = await fixture.enter("Ada", room);
  for (let nth = 0; nth < 500; nth += 100) {
    await Promise.all(Array.from({ length: 100 }, () => writer.post(room, TEXT)));
  }
  return room;
};

describe("a client that never reads", () => {
  const fixture = new ServerFixture("the embedded log", { HEARTBEAT_MS: "1500", SLOW_READER_BYTES: "65536" });

  const unsent = () => metricOf(fixture.server.url, "gapless_unsent_bytes");
  const connections = () => metricOf(fixture.server.url, "gapless_connections");

  it("[D8] attack 4: 120 history frames of 2 MB take less than 16 MiB, and pongs keep it alive for two heartbeats", async () => {
    const room = await fill(fixture);
    const { pid } = fixture.server.process;
    const client = await fixture.enter("Bob", room);
    const before = residentBytesOf(pid);
    const pongs = setInterval(() => client.socket.pong(), 200);
    client.socket.pause();
    const others = (await connections()) - 1;
    for (let nth = 0; nth < 120; nth += 1) {
      client.send({ type: "history", ref: `h${nth}`, room, before: "9999999999999-0", limit: 500 });
    }
    const waiting = await settled(unsent, (bytes) => bytes > 0);
    expect(waiting).toBeGreaterThan(0);
    let most = 0;
    const left = await settled(
      async () => {
        most = Math.max(most, await unsent());
        return connections();
      },
      (open) => open === others,
    );
    clearInterval(pongs);
    expect(left).toBe(others);
    // The bound, and the two pages that were under way when it was exceeded.
    expect(most).toBeLessThan(5 * MIB);
    expect(residentBytesOf(pid) - before).toBeLessThan(64 * MIB);
  });

  it("[D8] [D5] a client that reads again gets every answer, in order", async () => {
    const room = await fill(fixture);
    const client = await fixture.enter("Bob", room);
    client.socket.pause();
    const answers = Array.from({ length: 20 }, () =>
      client.ask("page", { type: "history", room, before: "9999999999999-0", limit: 500 }),
    );
    expect(await settled(unsent, (bytes) => bytes > 0)).toBeGreaterThan(0);
    client.socket.resume();
    const pages = await Promise.all(answers);
    expect(pages.every(({ events }) => events.length === 500)).toBe(true);
    const refs = client.received.flatMap((frame) => (frame.type === "page" ? [frame.ref] : []));
    expect(refs).toEqual(pages.map(({ ref }) => ref));
    expect((await client.post(room, "alive")).duplicate).toBe(false);
  });

  it("[D8] attack 4: 150 pages of 2 MB pipelined over HTTP take less than 5 MiB, and end after two heartbeats", async () => {
    const room = await fill(fixture);
    const { pid } = fixture.server.process;
    const before = residentBytesOf(pid);
    const connection = fixture.lifetime.own(await RawConnection.open(fixture.server.port), (one) =>
      one.cut(),
    );
    connection.socket.pause();
    for (let nth = 0; nth < 150; nth += 1) {
      connection.send(`GET /api/rooms/${room}/events?limit=500 HTTP/1.1`, "Host: x");
    }
    const waiting = await settled(unsent, (bytes) => bytes > MIB);
    expect(waiting).toBeGreaterThan(MIB);
    let most = waiting;
    const left = await settled(
      async () => {
        const now = await unsent();
        most = Math.max(most, now);
        return now;
      },
      (bytes) => bytes < MIB,
    );
    expect(left).toBeLessThan(MIB);
    expect(most).toBeLessThan(5 * MIB);
    expect(residentBytesOf(pid) - before).toBeLessThan(64 * MIB);
  });

  it("[D8] an event stream that is not read is ended after two heartbeats", async () => {
    const room = await fill(fixture);
    const streams = () => metricOf(fixture.server.url, "gapless_event_streams");
    const connection = fixture.lifetime.own(await RawConnection.open(fixture.server.port), (one) =>
      one.cut(),
    );
    connection.socket.pause();
    const { pathname } = new URL(eventsUrl(fixture.server.url, room));
    connection.send(`GET ${pathname}?after=0-0 HTTP/1.1`, "Host: x", "Accept: text/event-stream");
    const writer = await fixture.enter("Ada", room);
    expect(await settled(streams, (open) => open === 1)).toBe(1);
    for (let nth = 0; nth < 30; nth += 1) {
      await Promise.all(Array.from({ length: 100 }, () => writer.post(room, TEXT)));
    }
    expect(await settled(streams, (open) => open === 0)).toBe(0);
  });
});
