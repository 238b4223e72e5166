/**
 * Tests of the allowed hosts, and of the paths that upgrade (W3).
 */
import { describe, expect, it } from "vitest";
import { ServerFixture } from "../support/server-fixture.ts";
import { RawConnection } from "../support/raw-http.ts";

const UPGRADE = [
  "Connection: Upgrade",
  "Upgrade: websocket",
  "Sec-WebSocket-Version: 13",
  "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
];

describe("a server with ALLOWED_HOSTS", () => {
  const fixture = new ServerFixture("the embedded log", { ALLOWED_HOSTS: "chat.example, 127.0.0.1:9999" });

  const statusOf = async (...lines: readonly string[]): Promise<number> => {
    const connection = await RawConnection.open(fixture.server.port);
    fixture.lifetime.own(connection, (one) => one.cut());
    connection.send(...lines);
    return (await connection.answer()).status;
  };

  it.each([
    ["the page", ["GET / HTTP/1.1"]],
    ["an event stream", ["GET /api/rooms/tea/events HTTP/1.1", "Accept: text/event-stream"]],
    ["a HEAD", ["HEAD /metrics HTTP/1.1"]],
    ["a preflight", ["OPTIONS /api/guests HTTP/1.1"]],
    ["the upgrade", ["GET /ws HTTP/1.1", ...UPGRADE]],
  ])(
    "[W3] a name that resolves here by DNS rebinding gets 421 for %s",
    async (_, [target = "", ...headers]) => {
      for (const host of ["evil.example", "127.0.0.1", "chat.example.evil.example"]) {
        expect([host, await statusOf(target, `Host: ${host}`, ...headers)]).toEqual([host, 421]);
      }
    },
  );

  it("[W3] a target in absolute form is checked as well as Host", async () => {
    expect(await statusOf("GET http://evil.example/ HTTP/1.1", "Host: chat.example")).toBe(421);
    expect(await statusOf("GET http://chat.example/metrics HTTP/1.1", "Host: evil.example")).toBe(421);
    expect(await statusOf("GET http://chat.example/metrics HTTP/1.1", "Host: chat.example")).toBe(200);
  });

  it("[W3] a listed host is served on any port, and one with a port on that port", async () => {
    for (const host of ["chat.example", "Chat.Example", "chat.example:8443", "127.0.0.1:9999"]) {
      expect([host, await statusOf("GET /metrics HTTP/1.1", `Host: ${host}`)]).toEqual([host, 200]);
      expect([host, await statusOf("GET /ws HTTP/1.1", `Host: ${host}`, ...UPGRADE)]).toEqual([host, 101]);
    }
  });

  it("[W3] [H4] health checks are answered for any host", async () => {
    expect(await statusOf("GET /health/live HTTP/1.1", "Host: 10.1.2.3")).toBe(200);
    expect(await statusOf("GET /health/ready HTTP/1.1", "Host: 10.1.2.3")).toBe(200);
  });
});
