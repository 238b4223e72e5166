/**
 * SPEC, Wire: heartbeats, and connections that are silent. These tests run at the same time, since they wait
 * for most of theirs.
 */
import { describe, expect, it } from "vitest";
import { LOGS, newRoom, ServerFixture } from "../support/server-fixture.ts";

describe.concurrent.each(LOGS)("silence, on %s", (log) => {
  const fixture = new ServerFixture(log, {}, "file");

  it("[W4] [W5] silence closes with 4400 after 10 s, and so does a name that is never made good", async () => {
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

  it("[W6] heartbeats bear the seq at which each joined room stands", async () => {
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

  it("[W6] a connection from which not even a pong comes is ended, and a silent one that answers pings is not", async () => {
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
