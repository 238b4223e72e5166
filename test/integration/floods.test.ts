/**
 * Tests of floods on the wire (L1): the cost of a flood after it was closed, and the penalty of its address.
 */
import { describe, expect, it } from "vitest";
import { metricOf } from "../support/metrics.ts";
import { textFrame, upgraded } from "../support/raw-frames.ts";
import type { RawConnection } from "../support/raw-http.ts";
import { newRoom, ServerFixture } from "../support/server-fixture.ts";
import { WireClient } from "../support/wire-client.ts";

const FRAMES = 5_000;
/** The close frame with 4429, as bytes on the wire. */
const CLOSED_4429 = "\u0011\u004d";

describe("a flood", () => {
  const fixture = new ServerFixture("the embedded log", { MESSAGES_PER_SECOND: "10", MESSAGE_BURST: "20" });

  /** Floods until it is closed. Loopback has many addresses: each test floods from its own. */
  const flood = async (address: string): Promise<RawConnection> => {
    const connection = await upgraded(fixture.server.port, address);
    fixture.lifetime.own(connection, (one) => one.cut());
    const post = textFrame({ type: "post", ref: "r", room: "x", key: "k", text: "me!" });
    const hello = textFrame({ type: "hello", name: "Flooder" });
    connection.socket.write(Buffer.concat([hello, ...Array.from({ length: FRAMES }, () => post)]));
    await connection.until((all) => all.includes(CLOSED_4429));
    await connection.closed;
    return connection;
  };

  const waitOf = async (address: string): Promise<number> => {
    const began = performance.now();
    const client = await WireClient.connect(fixture.server.webSocketUrl, { localAddress: address });
    client.cut();
    return performance.now() - began;
  };

  it("[L1] attack 8: of 5,000 frames 121 are decoded, and none after the close", async () => {
    const received = () => metricOf(fixture.server.url, "gapless_frames_received_total");
    const before = await received();
    await flood("127.0.0.11");
    const decoded = (await received()) - before;
    // The hello, the burst and the refusals. The bucket may have gained a few tokens meanwhile.
    expect(decoded).toBeGreaterThanOrEqual(121);
    expect(decoded).toBeLessThan(140);
  });

  it("[L1] attack 8: the address waits half a second, then one; other addresses do not wait, and open connections are served", async () => {
    const room = newRoom();
    const inside = await fixture.enter("Ada", room);
    await flood("127.0.0.12");
    expect(await waitOf("127.0.0.13")).toBeLessThan(400);
    const first = await waitOf("127.0.0.12");
    await flood("127.0.0.12");
    const second = await waitOf("127.0.0.12");
    expect(first).toBeGreaterThan(200);
    expect(second).toBeGreaterThan(700);
    expect((await inside.post(room, "still here")).duplicate).toBe(false);
  });

  it("[L1] attack 8: after a third flood it is refused with 429 and Retry-After", async () => {
    for (let nth = 0; nth < 3; nth += 1) await flood("127.0.0.14");
    const told = await upgraded(fixture.server.port, "127.0.0.14").catch(String);
    expect(told).toMatch(/429[\s\S]*^retry-after: [1-9]\d*/im);
  });
});
