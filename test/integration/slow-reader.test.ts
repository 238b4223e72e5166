/**
 * Tests of a client that reads slowly: it loses nothing and delays no other, and the memory that the server
 * needs for it is bounded.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";

const POSTS = 4_000;
const TEXT = "x".repeat(4_000);
const AT_ONCE = 100;

/** The memory that the server needs for clients that do not read, in bytes. */
const unsentOf = async (url: string): Promise<number> => {
  const metrics = await (await fetch(`${url}/metrics`)).text();
  return Number(/^gapless_unsent_bytes (\d+)$/m.exec(metrics)?.[1]);
};

describe.each(LOGS)("a slow reader, on %s", (log) => {
  const fixture = new ServerFixture(log, {
    SLOW_READER_BYTES: "65536",
    BACKLOG_EVENTS: "100",
    HEARTBEAT_MS: "25000",
  });

  it("[D4] [D2] stops reading for 16 MB, is served from the log at its own pace, and is live again", async () => {
    const room = newRoom();
    const slow = await Promise.all([1, 2, 3, 4, 5].map(() => fixture.enter("Bob", room)));
    const quick = await fixture.enter("Eve", room);
    const ada = await fixture.enter("Ada", room);
    for (const { socket } of slow) socket.pause();
    let last = 0;
    for (let nth = 0; nth < POSTS; nth += AT_ONCE) {
      const acks = await Promise.all(Array.from({ length: AT_ONCE }, () => ada.post(room, TEXT)));
      last = Math.max(last, ...acks.map(({ seq }) => seq));
      // No client waits for those that do not read.
      await quick.reach(room, last);
    }
    // Five clients have not read 16 MB each. The server holds the bound for each, and the batch that exceeded
    // it.
    const unsent = await unsentOf(fixture.server.url);
    expect(unsent).toBeGreaterThan(0);
    expect(unsent).toBeLessThan(slow.length * (65_536 + 512 * 1024));
    for (const { socket } of slow) socket.resume();
    for (const client of slow) {
      await client.reach(room, last);
      const seqs = client.seenOf(room).map(({ seq }) => seq);
      expect(seqs).toEqual(Array.from(seqs, (_, index) => (seqs[0] ?? 0) + index));
    }
    const { seq } = await ada.post(room, "live again");
    await Promise.all(slow.map((client) => client.reach(room, seq)));
  });
});
