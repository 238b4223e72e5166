/**
 * Tests of SPEC, Resume: joins with and without a position, and with a position that can't be honoured.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { readLog, readPage } from "../support/log-over-http.ts";
import type { WireClient } from "../support/wire-client.ts";

/** The number of posts at the same time: so few that none waits too long for its turn. */
const AT_ONCE = 100;

const postMany = async (client: WireClient, room: string, count: number): Promise<void> => {
  for (let done = 0; done < count; done += AT_ONCE) {
    const turn = Math.min(AT_ONCE, count - done);
    await Promise.all(Array.from({ length: turn }, (_, nth) => client.post(room, `message ${done + nth}`)));
  }
};

const range = (from: number, to: number): readonly number[] =>
  Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);

describe.each(LOGS)("resume, on %s", (log) => {
  const fixture = new ServerFixture(log);

  it("[R1] an empty room has the head 0-0 and 0, except for the user's own member.joined", async () => {
    const { client } = await fixture.greet("Ada");
    const joined = await client.join(newRoom());
    expect(joined).toMatchObject({ replay: "recent", more: false });
    expect(joined).not.toHaveProperty("reason");
    const own = joined.events.at(0);
    expect(joined.head).toEqual({ id: own?.id ?? "0-0", seq: own === undefined ? 0 : 1 });
  });

  it("[R1] without a position the newest events come, and more says whether older ones are kept", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    await postMany(ada, room, 80);
    for (const [limit, expected] of [
      [undefined, 50],
      [null, 50],
      [0, 0],
      [7, 7],
    ] as const) {
      const { client } = await fixture.greet("Bob");
      const joined = await client.join(room, { limit });
      expect(joined).toMatchObject({ replay: "recent", more: true });
      expect(joined.events.map(({ seq }) => seq)).toEqual(
        range(joined.head.seq - expected + 1, joined.head.seq),
      );
    }
    const { client } = await fixture.greet("Bob");
    const all = await client.join(room, { limit: 500 });
    expect(all.more).toBe(false);
    expect(all.events.map(({ seq }) => seq)).toEqual(range(1, all.head.seq));
  });

  it("[R2] with a position that the log holds all later events come, and the limit is ignored", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    await postMany(ada, room, 100);
    const events = await readLog(fixture.server.url, room);
    for (const index of [0, 30, events.length - 1]) {
      const { client } = await fixture.greet("Bob");
      const joined = await client.join(room, { after: events[index]?.id, limit: 1 });
      expect(joined).toMatchObject({ replay: "resumed", more: false });
      expect(joined).not.toHaveProperty("reason");
      expect(joined.events.map(({ seq }) => seq)).toEqual(range(index + 2, joined.head.seq));
      await client.ask("left", { type: "leave", room });
    }
  });

  it("[R2] with 0-0 all events come, and an empty room honours it", async () => {
    const room = newRoom();
    const { client } = await fixture.greet("Ada");
    expect((await client.join(room, { after: "0-0" })).replay).toBe("resumed");
    const { seq } = await client.post(room, "hi");
    const { client: bob } = await fixture.greet("Bob");
    const joined = await bob.join(room, { after: "0-0" });
    expect(joined.events.slice(0, seq).map((event) => event.seq)).toEqual(range(1, seq));
  });

  it("[R2] a position with leading zeros is the same position", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id } = await ada.post(room, "hi");
    const { client } = await fixture.greet("Bob");
    const after = id
      .split("-")
      .map((part) => `00${part}`)
      .join("-");
    expect((await client.join(room, { after })).replay).toBe("resumed");
  });

  it("[R3] a position that the log never had, or of another room, is unknown, and the newest events come", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    await postMany(ada, room, 60);
    const other = newRoom();
    await ada.join(other);
    const head = await ada.post(room, "last");
    await ada.reach(room, head.seq);
    // Two rooms may have the same id within a millisecond. This must be an id that this room does not have.
    let elsewhere = head;
    while (ada.seenOf(room).some(({ id }) => id === elsewhere.id)) {
      elsewhere = await ada.post(other, "in another room");
    }
    const [ms = "0", n = "0"] = head.id.split("-");
    for (const after of ["1-1", "9999999999999-0", elsewhere.id, `${ms}-${Number(n) + 1000}`]) {
      const { client } = await fixture.greet("Bob");
      const joined = await client.join(room, { after, limit: 10 });
      expect(joined).toMatchObject({ replay: "reset", reason: "unknown", more: true });
      expect(joined.events.map(({ seq }) => seq)).toEqual(range(joined.head.seq - 9, joined.head.seq));
      await client.ask("left", { type: "leave", room });
    }
  });

  it("[R3] in an empty room every position except 0-0 is unknown", async () => {
    const { client } = await fixture.greet("Ada");
    const joined = await client.join(newRoom(), { after: "1-1" });
    expect(joined).toMatchObject({ replay: "reset", reason: "unknown" });
  });
});

describe.each(LOGS)("a resume of many events, on %s", (log) => {
  // Long heartbeats, because a client that is busy with ten thousand events may answer a ping late.
  const fixture = new ServerFixture(log, { HEARTBEAT_MS: "10000" });

  it("[R2] [R5] 10,000 missed events come complete, in order, in bounded frames and before newer ones", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    await postMany(ada, room, 10_000);
    const { client: bob } = await fixture.greet("Bob");
    const resuming = bob.join(room, { after: "0-0" });
    const { seq: last } = await ada.post(room, "posted meanwhile");
    const joined = await resuming;
    expect(joined).toMatchObject({ replay: "resumed", more: false });
    expect(joined.events).toHaveLength(500);
    await bob.event(room, ({ seq }) => seq >= last, 20_000);
    const frames = bob.received.filter((frame) => frame.type === "events");
    for (const frame of frames) expect(frame.events.length).toBeLessThanOrEqual(500);
    const seen = [...joined.events, ...bob.eventsOf(room)];
    expect(seen.map(({ seq }) => seq)).toEqual(range(1, seen.length));
    expect(seen.length).toBeGreaterThanOrEqual(last);
    const logged = await readLog(fixture.server.url, room);
    expect(seen).toEqual(logged.slice(0, seen.length));
  }, 90_000);
});

describe.each(LOGS)("a resume in a trimmed log, on %s", (log) => {
  const fixture = new ServerFixture(log, { ROOM_MAX_EVENTS: "20", BACKLOG_EVENTS: "10" });

  it("[R3] a position before the oldest event is trimmed, and the newest events come", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const early = await ada.post(room, "early");
    await postMany(ada, room, 60);
    const { events: kept, more } = await readPage(fixture.server.url, room, { limit: "500" });
    expect(more).toBe(false);
    expect(kept).toHaveLength(20);
    for (const after of ["0-0", early.id, "1-1"]) {
      const { client } = await fixture.greet("Bob");
      const joined = await client.join(room, { after, limit: 5 });
      expect(joined).toMatchObject({ replay: "reset", reason: "trimmed", more: true });
      expect(joined.events.map(({ seq }) => seq)).toEqual(range(joined.head.seq - 4, joined.head.seq));
      await client.ask("left", { type: "leave", room });
    }
  });

  it("[R2] a position that is kept is honoured", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    await postMany(ada, room, 60);
    const { events } = await readPage(fixture.server.url, room);
    const { client } = await fixture.greet("Bob");
    const joined = await client.join(room, { after: events.at(-8)?.id });
    expect(joined.replay).toBe("resumed");
    expect(joined.events.map(({ seq }) => seq)).toEqual(
      range((events.at(-8)?.seq ?? 0) + 1, joined.head.seq),
    );
  });

  it("[D7] [R3] a command about a message that is no longer kept is not_found", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id: message } = await ada.post(room, "early");
    await postMany(ada, room, 40);
    const react = { type: "react", room, key: "k", message, emoji: "👍", on: true };
    expect(await ada.request(react)).toMatchObject({ type: "error", code: "not_found" });
    const reply = { type: "post", room, key: "k", text: "late", replyTo: message };
    expect(await ada.request(reply)).toMatchObject({ type: "error", code: "not_found" });
  });
});
