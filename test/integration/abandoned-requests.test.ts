/**
 * Tests of abandoned requests: with an upgrade on another path, without a reader, or with a client that goes
 * away. All their resources are released.
 */
import { expect, describe, it } from "vitest";
import { ServerFixture, newRoom } from "../support/server-fixture.ts";
import { EventStream } from "../support/event-stream.ts";
import { eventsUrl } from "../support/log-over-http.ts";
import { descriptorsOf, metricOf, settled } from "../support/metrics.ts";
import { RawConnection } from "../support/raw-http.ts";

const UPGRADE = ["Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13"];
const KEY = "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==";
const ATTEMPTS = 60;

describe("abandoned requests", () => {
  const fixture = new ServerFixture("the embedded log", { MAX_CONNECTIONS: "50" });

  const open = async (): Promise<RawConnection> =>
    fixture.lifetime.own(await RawConnection.open(fixture.server.port), (one) => one.cut());
  const streams = () => metricOf(fixture.server.url, "gapless_event_streams");
  const rooms = () => metricOf(fixture.server.url, "gapless_rooms");
  const streamOf = (room: string): readonly string[] => [
    `GET /api/rooms/${room}/events HTTP/1.1`,
    "Host: x",
    "Accept: text/event-stream",
  ];

  it("[D8] attack 1: 60 HEADs of event streams leave no stream and no feed", async () => {
    const before = await rooms();
    for (let nth = 0; nth < ATTEMPTS; nth += 1) {
      const url = eventsUrl(fixture.server.url, newRoom());
      const answer = await fetch(url, { method: "HEAD", headers: { accept: "text/event-stream" } });
      expect(answer.status).toBe(200);
    }
    expect(await streams()).toBe(0);
    expect(await rooms()).toBe(before);
  });

  it("[W3] [D8] attack 1: 60 event streams that ask for an upgrade are normal streams, and end with their clients", async () => {
    const room = newRoom();
    for (let nth = 0; nth < ATTEMPTS; nth += 1) {
      const connection = await open();
      connection.send(...streamOf(room), ...UPGRADE, KEY);
      expect((await connection.answer()).status).toBe(200);
      connection.cut();
    }
    expect(await settled(streams, (open) => open === 0)).toBe(0);
    const source = await EventStream.open(eventsUrl(fixture.server.url, room));
    expect(source.response.status).toBe(200);
    source.close();
  });

  it("[D8] attack 1: streams are released if their clients go away while they open", async () => {
    for (let nth = 0; nth < ATTEMPTS; nth += 1) {
      const connection = await open();
      connection.send(...streamOf(newRoom()));
      // The client goes away at once or a moment later, so in different steps of the opening.
      if (nth % 2 === 0) connection.socket.end();
      else setImmediate(() => connection.cut());
    }
    expect(await settled(streams, (open) => open === 0)).toBe(0);
  });

  it("[D8] attack 1: of 40 streams pipelined on one connection one is open, and ends with that connection", async () => {
    const connection = await open();
    for (let nth = 0; nth < 40; nth += 1) connection.send(...streamOf(newRoom()));
    expect((await connection.answer()).status).toBe(200);
    expect(await streams()).toBe(1);
    connection.cut();
    expect(await settled(streams, (open) => open === 0)).toBe(0);
  });

  it("[W3] [D8] attack 2: 60 requests for page assets with an upgrade leak no file descriptor", async () => {
    const page = await (await fetch(fixture.server.url)).text();
    const asset = /\/assets\/[^"]+\.js/.exec(page)?.[0] ?? "";
    expect(asset).not.toBe("");
    const before = descriptorsOf(fixture.server.process.pid);
    for (let nth = 0; nth < ATTEMPTS; nth += 1) {
      const connection = await open();
      connection.send(`GET ${asset} HTTP/1.1`, "Host: x", ...UPGRADE, KEY);
      expect((await connection.answer()).status).toBe(200);
      connection.cut();
    }
    const after = await settled(
      () => descriptorsOf(fixture.server.process.pid),
      (open) => open <= before + 5,
    );
    expect(after).toBeLessThanOrEqual(before + 5);
  });
});

describe("sockets that send nothing", () => {
  const fixture = new ServerFixture("the embedded log", { MAX_CONNECTIONS: "10" });

  it("[L2] [D8] of 400 the server keeps 276, and a client that was there is served", async () => {
    const inside = await fixture.enter("Ada", "lobby");
    const before = descriptorsOf(fixture.server.process.pid);
    const sockets = await Promise.all(
      Array.from({ length: 400 }, () => RawConnection.open(fixture.server.port)),
    );
    for (const socket of sockets) fixture.lifetime.own(socket, (one) => one.cut());
    const held = () => descriptorsOf(fixture.server.process.pid) - before;
    expect(await settled(held, (open) => open >= 250)).toBeLessThanOrEqual(276);
    expect((await inside.post("lobby", "still here")).duplicate).toBe(false);
  });
});
