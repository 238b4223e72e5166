/**
 * Tests of SPEC, Delivery, while the log can be reached: acks, the events of a connection, the rights on
 * messages, and deletions.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { EventStream } from "../support/event-stream.ts";
import { eventsUrl, readLog, readPage } from "../support/log-over-http.ts";
import type { WireClient } from "../support/wire-client.ts";
import { EventSchema, exactly, type Event } from "../support/wire-schema.ts";

const postAll = async (client: WireClient, room: string, count: number): Promise<void> => {
  await Promise.all(Array.from({ length: count }, (_, nth) => client.post(room, `message ${nth}`)));
};

const isAscending = (events: readonly Event[]): boolean =>
  events.every((event, index) => index === 0 || event.seq === (events[index - 1]?.seq ?? 0) + 1);

describe.each(LOGS)("delivery, on %s", (log) => {
  const fixture = new ServerFixture(log);

  it("[D1] an ack has the id and seq of the event in the log", async () => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const acks = await Promise.all(Array.from({ length: 50 }, (_, nth) => client.post(room, `text ${nth}`)));
    const events = await readLog(fixture.server.url, room);
    for (const [nth, { id, seq, duplicate }] of acks.entries()) {
      expect(duplicate).toBe(false);
      expect(events.find((event) => event.id === id)).toMatchObject({ seq, text: `text ${nth}` });
    }
  });

  it("[D2] a connection gets every later event once, in order, with no hole, its own included, until it leaves", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const bob = await fixture.enter("Bob", room);
    await Promise.all([postAll(ada, room, 100), postAll(bob, room, 100)]);
    const { seq } = await ada.post(room, "last");
    for (const client of [ada, bob]) {
      await client.event(room, (event) => event.seq === seq);
      const seen = client.seenOf(room);
      expect(isAscending(seen)).toBe(true);
      expect(seen.at(-1)?.seq).toBe(seq);
    }
    await bob.ask("left", { type: "leave", room });
    const before = bob.eventsOf(room).length;
    const after = await ada.post(room, "Bob is gone");
    await ada.event(room, ({ id }) => id === after.id);
    await bob.next("heartbeat", ({ heads }) => !(room in heads));
    expect(bob.eventsOf(room)).toHaveLength(before);
  });

  it("[D2] messages that are posted during a join are neither missed nor repeated", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const posting = postAll(ada, room, 300);
    const joiners = await Promise.all(Array.from({ length: 10 }, () => fixture.greet("Bob")));
    for (const { client } of joiners) client.send({ type: "join", ref: "join", room, after: "0-0" });
    await posting;
    const { seq } = await ada.post(room, "last");
    for (const { client } of joiners) {
      await client.reach(room, seq);
      const seen = client.seenOf(room);
      expect(seen.at(0)?.seq).toBe(1);
      expect(isAscending(seen)).toBe(true);
    }
  });

  it("[D2] a connection gets only the events of its rooms", async () => {
    const [one, other] = [newRoom(), newRoom()];
    const ada = await fixture.enter("Ada", one);
    const bob = await fixture.enter("Bob", other);
    await ada.post(one, "here");
    const { seq } = await bob.post(other, "there");
    await bob.event(other, (event) => event.seq === seq);
    expect(bob.eventsOf(one)).toEqual([]);
  });

  it("[D3] all connections see the same events in the same order, with the same ids and seqs", async () => {
    const room = newRoom();
    const clients = await Promise.all(
      Array.from({ length: 5 }, (_, nth) => fixture.enter(`user ${nth}`, room)),
    );
    await Promise.all(clients.map((client) => postAll(client, room, 40)));
    const [first] = clients;
    const last = await first?.post(room, "last");
    const events = await readLog(fixture.server.url, room);
    for (const client of clients) {
      await client.event(room, ({ id }) => id === last?.id);
      const seen = client.eventsOf(room);
      const from = events.findIndex(({ id }) => id === seen.at(0)?.id);
      expect(seen.slice(0, events.length - from)).toEqual(events.slice(from));
    }
  });

  it("[D6] only the author of a message may edit or delete it, and every joined user may react", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const bob = await fixture.enter("Bob", room);
    const { id: message } = await ada.post(room, "mine");
    const edit = { type: "edit", room, key: "e", message, text: "yours" };
    const erase = { type: "delete", room, key: "d", message };
    expect(await bob.request(edit)).toMatchObject({ type: "error", code: "forbidden" });
    expect(await bob.request(erase)).toMatchObject({ type: "error", code: "forbidden" });
    for (const on of [true, true, false, false]) {
      const key = crypto.randomUUID();
      const { id } = await bob.ask("ack", { type: "react", room, key, message, emoji: "👍", on });
      expect(await ada.event(room, (event) => event.id === id)).toMatchObject({
        type: on ? "reaction.added" : "reaction.removed",
        key,
        message,
        emoji: "👍",
        by: { name: "Bob" },
      });
    }
    const edited = await ada.ask("ack", edit);
    expect(await bob.event(room, ({ id }) => id === edited.id)).toEqual({
      id: edited.id,
      seq: edited.seq,
      type: "message.edited",
      key: "e",
      message,
      text: "yours",
      by: { id: expect.any(String), name: "Ada" },
    });
    const deleted = await ada.ask("ack", erase);
    expect(await bob.event(room, ({ id }) => id === deleted.id)).toEqual({
      id: deleted.id,
      seq: deleted.seq,
      type: "message.deleted",
      key: "d",
      message,
      by: { id: expect.any(String), name: "Ada" },
    });
  });

  it("[D6] after its deletion a message is given out without text and with deleted, in every answer", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id: message } = await ada.post(room, "the first secret");
    await ada.ask("ack", { type: "edit", room, key: "e", message, text: "the second secret" });
    await ada.post(room, "for everyone");
    const { id: last } = await ada.ask("ack", { type: "delete", room, key: "d", message });

    const { client: bob } = await fixture.greet("Bob");
    const recent = await bob.join(room);
    const { client: eve } = await fixture.greet("Eve");
    const resumed = await eve.join(room, { after: "0-0" });
    const history = await bob.ask("page", { type: "history", room, before: last });
    const { url } = fixture.server;
    const stream = fixture.lifetime.own(
      await EventStream.open(eventsUrl(url, room, { after: "0-0" })),
      (one) => one.close(),
    );
    const streamed = (await stream.take(4)).map(({ data }) => exactly(EventSchema, JSON.parse(data)));
    const answers = [
      recent.events,
      resumed.events,
      history.events,
      streamed,
      (await readPage(url, room)).events,
      (await readPage(url, room, { after: "0-0" })).events,
      (await readPage(url, room, { before: last })).events,
    ];
    for (const events of answers) {
      expect(JSON.stringify(events)).not.toContain("secret");
      const hidden = events.filter((event) => "deleted" in event);
      expect(hidden.map(({ type }) => type)).toEqual(["message.posted", "message.edited"]);
      for (const event of hidden) {
        expect(event).toMatchObject({ deleted: true, key: expect.any(String), by: { name: "Ada" } });
        expect(event).not.toHaveProperty("text");
      }
      expect(JSON.stringify(events)).toContain("for everyone");
    }
  });

  it("[D7] a command about a message that is deleted or never existed is not_found", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id: deleted } = await ada.post(room, "gone soon");
    const { id: elsewhere } = await (async () => {
      const other = newRoom();
      await ada.join(other);
      return ada.post(other, "in another room");
    })();
    await ada.ask("ack", { type: "delete", room, key: "d", message: deleted });
    const member = (await readLog(fixture.server.url, room)).find(({ type }) => type === "member.joined");
    for (const message of [deleted, "1-1", elsewhere, member?.id]) {
      for (const frame of [
        { type: "post", replyTo: message, text: "hi" },
        { type: "edit", message, text: "hi" },
        { type: "delete", message },
        { type: "react", message, emoji: "👍", on: true },
      ]) {
        const answer = await ada.request({ room, key: crypto.randomUUID(), ...frame });
        expect([frame, answer]).toMatchObject([frame, { type: "error", code: "not_found" }]);
      }
    }
  });

  it("[D7] a reply has the id of the message that it replies to", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id: replyTo } = await ada.post(room, "a question");
    const { id } = await ada.post(room, "an answer", { replyTo });
    expect(await ada.event(room, (event) => event.id === id)).toMatchObject({ replyTo });
  });

  it("[W5] a command without a join is not_joined, and a second join is already_joined", async () => {
    const { client } = await fixture.greet("Ada");
    const room = newRoom();
    for (const frame of [
      { type: "leave" },
      { type: "post", key: "k", text: "hi" },
      { type: "edit", key: "k", text: "hi", message: "1-1" },
      { type: "delete", key: "k", message: "1-1" },
      { type: "react", key: "k", message: "1-1", emoji: "👍", on: true },
      { type: "history", before: "1-1" },
    ]) {
      expect(await client.request({ room, ...frame })).toMatchObject({ type: "error", code: "not_joined" });
    }
    client.send({ type: "typing", room });
    expect(await client.next("error")).toMatchObject({ code: "not_joined" });
    await client.join(room);
    expect(await client.request({ type: "join", room })).toMatchObject({
      type: "error",
      code: "already_joined",
    });
  });

  it("[W5] history pages lead back to the first event", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    await postAll(ada, room, 120);
    const events = await readLog(fixture.server.url, room);
    const paged: Event[] = [];
    let before = "9999999999999-0";
    for (;;) {
      const page = await ada.ask("page", { type: "history", room, before, limit: 50 });
      paged.unshift(...page.events);
      before = page.events.at(0)?.id ?? before;
      if (!page.more) break;
      expect(page.events).toHaveLength(50);
    }
    expect(paged).toEqual(events);
  });
});
