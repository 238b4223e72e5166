/**
 * Tests of SPEC, Wire: heartbeats, and silent connections. The tests run at the same time, because they
 * mostly wait.
 */
import { describe, expect, it } from "vitest";
import { LOGS, newRoom, ServerFixture } from "../support/server-fixture.ts";

describe.concurrent.each(LOGS)("silence, on %s", (log) => {
  const fixture = new ServerFixture(log, {}, "file");

  it("[W4] [W5] silence closes with 4400 after 10 s, and so do bad names only", async () => {
    const silent = await fixture.connect();
    const nameless = await fixture.connect();
    const start = performance.now();
    nameless.send({ type: "hello", name: "" });
    expect((await nameless.next("error")).code).toBe("bad_name");
    const [one, other] = await Promise.all([silent.closed, nameless.closed]);
    expect([one.code, other.code]).toEqual([4400, 4400]);
    expect(performance.now() - start).toBeGreaterThan(9000);
    expect(performance.now() - start).toBeLessThan(14_000);
  });

  it("[W6] heartbeats have the seq of the last event that was sent in each joined room", async () => {
    const [one, other] = [newRoom(), newRoom()];
    const client = await fixture.enter("Ada", one);
    await client.join(other);
    await client.post(one, "first");
    const { seq } = await client.post(one, "second");
    const { heads } = await client.next("heartbeat", (beat) => beat.heads[one] === seq);
    expect(Object.keys(heads).toSorted()).toEqual([one, other].toSorted());
    await client.ask("left", { type: "leave", room: one });
    await client.next("heartbeat", (beat) => !(one in beat.heads) && other in beat.heads);
  });

  it("[W6] a connection that answers no ping is ended, and a silent one that answers pings is not", async () => {
    const deaf = await fixture.connect({ autoPong: false });
    await deaf.hello("Deaf");
    const { client: silent } = await fixture.greet("Silent");
    const start = performance.now();
    await deaf.closed;
    const took = performance.now() - start;
    expect(took).toBeGreaterThan(2900);
    expect(took).toBeLessThan(9000);
    for (let beat = 0; beat < 4; beat += 1) await silent.next("heartbeat");
    expect(silent.socket.readyState).toBe(silent.socket.OPEN);
  });
});
