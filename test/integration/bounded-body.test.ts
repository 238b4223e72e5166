/**
 * Tests that the server reads only a bounded part of a request body, on every path and with any declared
 * length (D8).
 */
import { describe, expect, it } from "vitest";
import { ServerFixture } from "../support/server-fixture.ts";
import { postGuest } from "../support/http-client.ts";
import { residentBytesOf } from "../support/metrics.ts";
import { RawConnection } from "../support/raw-http.ts";

const KIB = 1024;
const MIB = 1024 * KIB;
const CHUNK = `10000\r\n${"x".repeat(64 * KIB)}\r\n`;

describe("a request body", () => {
  const fixture = new ServerFixture("the embedded log");

  const open = async (): Promise<RawConnection> =>
    fixture.lifetime.own(await RawConnection.open(fixture.server.port), (one) => one.cut());

  /**
   * Sends chunks until the server reads no more or ends the connection. Returns the number of bytes that were
   * sent.
   */
  const flood = async (connection: RawConnection, most: number): Promise<number> => {
    const { socket } = connection;
    const ended = connection.closed.then(() => "closed" as const);
    while (socket.bytesWritten < most) {
      if (socket.write(CHUNK)) continue;
      const drained = new Promise<"drain">((resolve) => {
        socket.once("drain", () => resolve("drain"));
      });
      if ((await Promise.race([drained, ended])) === "closed") break;
    }
    return socket.bytesWritten - socket.writableLength;
  };

  it.each(["POST /api/guests", "POST /api/rooms/tea/messages", "PUT /nothing", "GET /", "POST /ws"])(
    "[D8] [H3] attack 3: 300 MB in chunks to %s are 413 after 64 KiB, and take less than 16 MiB of memory",
    async (target) => {
      const { pid } = fixture.server.process;
      const before = residentBytesOf(pid);
      const connection = await open();
      connection.send(`${target} HTTP/1.1`, "Host: x", "Transfer-Encoding: chunked");
      const answer = connection.answer();
      const taken = await flood(connection, 300 * MIB);
      expect((await answer).status).toBe(413);
      expect((await answer).head).toMatch(/^content-type: application\/problem\+json/im);
      // The bytes that were sent are in the buffers of the two sockets.
      expect(taken).toBeLessThan(16 * MIB);
      expect(residentBytesOf(pid) - before).toBeLessThan(16 * MIB);
    },
  );

  it("[D8] [H3] a body whose declared length is too large is 413, and no byte of it is read", async () => {
    const connection = await open();
    connection.send("POST /api/guests HTTP/1.1", "Host: x", "Content-Length: 65537");
    expect((await connection.answer()).status).toBe(413);
    await connection.closed;
  });

  it("[D8] [H3] 64 KiB are read, and one byte more is 413 with code too_large", async () => {
    const padded = (bytes: number): string => `{"name":"Ada"${" ".repeat(bytes - 14)}}`;
    expect((await postGuest(fixture.server.url, padded(64 * KIB))).status).toBe(201);
    expect(await postGuest(fixture.server.url, padded(64 * KIB + 1))).toMatchObject({
      status: 413,
      body: { code: "too_large", status: 413 },
    });
  });
});
