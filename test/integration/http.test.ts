/**
 * Tests of SPEC, The same log over HTTP: event streams, pages, posting, guests and health.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { EventStream } from "../support/event-stream.ts";
import { newGuest, postGuest, postMessage, request } from "../support/http-client.ts";
import { eventsUrl, readLog, readPage } from "../support/log-over-http.ts";
import { EventSchema, exactly, GuestSchema, StoredSchema, type Event } from "../support/wire-schema.ts";

const NEVER = "1-1";

/** The body of a refusal over HTTP. */
const problem = (status: number, body: object) => ({
  status,
  type: expect.stringMatching(/^application\/problem\+json\b/),
  body,
});

describe.each(LOGS)("the log over HTTP, on %s", (log) => {
  const fixture = new ServerFixture(log);

  /** A room with messages numbered from 1 on, without members. */
  const roomOf = async (count: number): Promise<{ room: string; events: readonly Event[] }> => {
    const room = newRoom();
    const { token } = await newGuest(fixture.server.url, "Ada");
    for (let nth = 1; nth <= count; nth += 1) {
      await postMessage(fixture.server.url, room, { token }, { text: `message ${nth}` });
    }
    return { room, events: await readLog(fixture.server.url, room) };
  };

  const stream = async (
    room: string,
    query: Readonly<Record<string, string>> = {},
    headers: Readonly<Record<string, string>> = {},
  ): Promise<EventStream> =>
    fixture.lifetime.own(await EventStream.open(eventsUrl(fixture.server.url, room, query), headers), (one) =>
      one.close(),
    );

  const getEvents = (room: string, query: Readonly<Record<string, string>> = {}) =>
    request(eventsUrl(fixture.server.url, room, query), { headers: { accept: "application/json" } });

  it("[H1] events come as Server-Sent Events with id, type and JSON, first the stored ones after a position", async () => {
    const { room, events } = await roomOf(3);
    const source = await stream(room, { after: "0-0" });
    expect(source.response.status).toBe(200);
    expect(source.response.headers.get("content-type")).toMatch(/^text\/event-stream\b/);
    const client = await fixture.enter("Bob", room);
    const { id } = await client.post(room, "live, <b>with</b>\ntwo lines");
    const streamed = await source.take(5);
    const parsed = streamed.map(({ data }) => exactly(EventSchema, JSON.parse(data)));
    expect(parsed).toEqual(await readLog(fixture.server.url, room));
    expect(parsed.slice(0, 3)).toEqual(events);
    expect(streamed.map((one) => [one.id, one.event])).toEqual(parsed.map((one) => [one.id, one.type]));
    expect(parsed.at(-1)).toMatchObject({ id, text: "live, <b>with</b>\ntwo lines" });
  });

  it("[H1] a stream resumes from Last-Event-ID, which overrides the position in its URL", async () => {
    const { room, events } = await roomOf(5);
    const [first, , third] = events;
    const source = await stream(room, { after: first?.id ?? "" }, { "last-event-id": third?.id ?? "" });
    expect((await source.take(2)).map(({ id }) => id)).toEqual(events.slice(3).map(({ id }) => id));
  });

  it("[H1] without a position the newest `limit` events come (by default none), and then new ones", async () => {
    const { room, events } = await roomOf(5);
    const two = await stream(room, { limit: "2" });
    const none = await stream(room);
    const { token } = await newGuest(fixture.server.url, "Bob");
    await postMessage(fixture.server.url, room, { token }, { text: "what comes" });
    const last = (await readLog(fixture.server.url, room)).at(-1);
    expect((await two.take(3)).map(({ id }) => id)).toEqual([events[3]?.id, events[4]?.id, last?.id]);
    expect((await none.next()).id).toBe(last?.id);
  });

  it("[H1] for a position that can't be honoured, one reset with its reason comes, and then the newest 50", async () => {
    const { room, events } = await roomOf(60);
    for (const [query, headers] of [
      [{ after: NEVER }, {}],
      [{}, { "last-event-id": NEVER }],
    ] as const) {
      const source = await stream(room, query, headers);
      const reset = await source.next();
      expect([reset.event, JSON.parse(reset.data)]).toEqual(["reset", { reason: "unknown" }]);
      expect((await source.take(50)).map(({ id }) => id)).toEqual(events.slice(-50).map(({ id }) => id));
    }
  });

  it("[H1] a thousand missed events are streamed complete and in order", async () => {
    const room = newRoom();
    const clients = await Promise.all(
      Array.from({ length: 20 }, (_, nth) => fixture.enter(`user ${nth}`, room)),
    );
    await Promise.all(
      clients.map(async (client) => {
        for (let nth = 0; nth < 50; nth += 1) await client.post(room, `message ${nth}`);
      }),
    );
    const source = await stream(room, { after: "0-0" });
    const events = await readLog(fixture.server.url, room);
    expect((await source.take(events.length)).map(({ id }) => id)).toEqual(events.map(({ id }) => id));
  });

  it("[H2] a page has the newest events, or those after or before a position, with the head", async () => {
    const { room, events } = await roomOf(60);
    const last = events.at(-1);
    const head = { id: last?.id, seq: last?.seq };
    const middle = events[29]?.id ?? "";
    for (const [query, from, to, more] of [
      [{}, 10, 60, true],
      [{ limit: "7" }, 53, 60, true],
      [{ limit: "500" }, 0, 60, false],
      [{ after: middle, limit: "10" }, 30, 40, true],
      [{ after: middle }, 30, 60, false],
      [{ after: "0-0", limit: "60" }, 0, 60, false],
      [{ before: middle, limit: "10" }, 19, 29, true],
      [{ before: middle }, 0, 29, false],
      [{ before: "9999999999999-0", limit: "2" }, 58, 60, true],
    ] as const) {
      expect([query, await readPage(fixture.server.url, room, query)]).toEqual([
        query,
        { events: events.slice(from, to), more, head },
      ]);
    }
  });

  it("[H2] an empty room has the head 0-0 and 0, and its name is normalised", async () => {
    const room = newRoom();
    const empty = { events: [], more: false, head: { id: "0-0", seq: 0 } };
    expect(await readPage(fixture.server.url, room)).toEqual(empty);
    expect(await readPage(fixture.server.url, room, { after: "0-0" })).toEqual(empty);
    const { room: lower, events } = await roomOf(1);
    expect((await readPage(fixture.server.url, lower.toUpperCase())).events).toEqual(events);
  });

  it("[H2] an `after` that can't be honoured is 410 with code and reason", async () => {
    const { room } = await roomOf(2);
    for (const after of [NEVER, "9999999999999-0"]) {
      expect(await getEvents(room, { after })).toMatchObject(
        problem(410, { code: "reset", reason: "unknown" }),
      );
    }
  });

  it("[H2] [V1] [V4] an invalid room, position or limit is 400", async () => {
    const room = newRoom();
    expect(await getEvents("-room")).toMatchObject(problem(400, { code: "bad_room" }));
    expect(await getEvents("a b")).toMatchObject(problem(400, { code: "bad_room" }));
    for (const query of [
      { after: "0" },
      { before: "1-" },
      { after: "-1" },
      { limit: "0" },
      { limit: "501" },
      { limit: "many" },
      { limit: "1.5" },
    ] as const) {
      expect(await getEvents(room, query)).toMatchObject(problem(400, { code: "bad_frame" }));
    }
  });

  it("[H3] a message is posted with 201, and its duplicate is answered with 200 and the same id and seq", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    const { token, user } = await newGuest(url, "Ada");
    const first = await postMessage(url, room, { token, key: "k" }, { text: "  hi " });
    expect(first.status).toBe(201);
    const stored = exactly(StoredSchema, first.body);
    expect(stored.duplicate).toBe(false);
    const again = await postMessage(url, room, { token, key: "k" }, { text: "something else" });
    expect(again).toMatchObject({ status: 200, body: { ...stored, duplicate: true } });
    const { id, seq } = stored;
    expect(await readLog(url, room)).toEqual([
      { id, seq, type: "message.posted", by: user, key: "k", text: "hi" },
    ]);
  });

  it("[H3] [I1] a key over HTTP is the same as over WebSocket", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    const { client, welcome } = await fixture.greet("Ada");
    await client.join(room);
    const ack = await client.post(room, "hi", { key: "k" });
    const answer = await postMessage(url, room, { token: welcome.token, key: "k" }, { text: "hi" });
    expect(answer).toMatchObject({ status: 200, body: { id: ack.id, seq: ack.seq, duplicate: true } });
  });

  it("[H3] without Idempotency-Key the server makes a key, and replyTo is kept", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    const { token } = await newGuest(url, "Ada");
    const first = exactly(StoredSchema, (await postMessage(url, room, { token }, { text: "hi" })).body);
    const reply = await postMessage(url, room, { token }, { text: "hi", replyTo: first.id });
    expect(reply.status).toBe(201);
    const events = await readLog(url, room);
    expect(events).toMatchObject([{ key: expect.any(String) }, { replyTo: first.id }]);
    expect(new Set(events.map((event) => "key" in event && event.key)).size).toBe(2);
  });

  it("[H3] errors are problem details with a code of the protocol", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    const { token } = await newGuest(url, "Ada");
    const post = (body: unknown, key = "k") => postMessage(url, room, { token, key }, body);
    for (const [answer, status, code] of [
      [await postMessage(url, "-room", { token }, { text: "hi" }), 400, "bad_room"],
      [await post("good day"), 400, "bad_frame"],
      [await post([]), 400, "bad_frame"],
      [await post({}), 400, "bad_frame"],
      [await post({ text: 7 }), 400, "bad_frame"],
      [await post({ text: "hi", replyTo: "first" }), 400, "bad_frame"],
      [await post({ text: " " }), 400, "bad_text"],
      [await post({ text: "a".repeat(4001) }), 400, "too_long"],
      [await post({ text: "hi" }, "a key"), 400, "bad_key"],
      [await post({ text: "hi" }, "k".repeat(65)), 400, "bad_key"],
      [await post({ text: "hi", replyTo: NEVER }), 404, "not_found"],
      [await postMessage(url, room, {}, { text: "hi" }), 401, "unauthenticated"],
      [await postMessage(url, room, { token: "" }, { text: "hi" }), 401, "unauthenticated"],
      [await postMessage(url, room, { token: `${token}A` }, { text: "hi" }), 401, "unauthenticated"],
    ] as const) {
      expect(answer).toMatchObject(problem(status, { code }));
    }
    expect(await readLog(url, room)).toEqual([]);
  });

  it("[H3] [D2] members see a message that was posted over HTTP, and its author does not become a member", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    const client = await fixture.enter("Bob", room);
    const { token, user } = await newGuest(url, "Ada");
    const answer = await postMessage(url, room, { token }, { text: "from afar" });
    const { id } = exactly(StoredSchema, answer.body);
    expect(await client.event(room, (event) => event.id === id)).toMatchObject({ by: user });
    const joins = (await readLog(url, room)).filter(({ type }) => type === "member.joined");
    expect(joins.map(({ by }) => by.name)).toEqual(["Bob"]);
  });

  it("[H5] [A1] a guest is made with 201, as a first hello makes one", async () => {
    const { url } = fixture.server;
    const answer = await postGuest(url, { name: "  Ada " });
    expect(answer.status).toBe(201);
    const { user, token } = exactly(GuestSchema, answer.body);
    expect(user.name).toBe("Ada");
    expect((await fixture.greet("Ada", token)).welcome.user).toEqual(user);
    expect((await newGuest(url, "Ada")).user.id).not.toBe(user.id);
  });

  it("[H5] [V2] a bad name is 400", async () => {
    const { url } = fixture.server;
    for (const [body, code] of [
      [{ name: "" }, "bad_name"],
      [{ name: "A\u200bda" }, "bad_name"],
      [{}, "bad_frame"],
      [{ name: 7 }, "bad_frame"],
      ["null", "bad_frame"],
      ["{", "bad_frame"],
    ] as const) {
      expect(await postGuest(url, body)).toMatchObject(problem(400, { code }));
    }
  });

  it("[H5] a reader over HTTP is not a member", async () => {
    const { room } = await roomOf(1);
    await stream(room, { after: "0-0" }).then((source) => source.next());
    const bob = await fixture.enter("Bob", room);
    const { seq } = await bob.post(room, "am I alone?");
    await bob.event(room, (event) => event.seq === seq);
    const log = await readLog(fixture.server.url, room);
    expect(log.map(({ type, by }) => [type, by.name])).toEqual([
      ["message.posted", "Ada"],
      ["member.joined", "Bob"],
      ["message.posted", "Bob"],
    ]);
  });

  it("[H4] the health checks succeed, and the metrics are Prometheus text", async () => {
    const { url } = fixture.server;
    expect((await request(`${url}/health/live`)).status).toBe(200);
    expect((await request(`${url}/health/ready`)).status).toBe(200);
    const metrics = await request(`${url}/metrics`);
    expect(metrics.status).toBe(200);
    expect(metrics.headers.get("content-type")).toMatch(/^text\/plain\b/);
    expect(metrics.body).toMatch(/^# TYPE \w+ (counter|gauge|histogram)$/m);
  });
});

describe.each(LOGS)("a trimmed log over HTTP, on %s", (log) => {
  const fixture = new ServerFixture(log, { ROOM_MAX_EVENTS: "10" });

  it("[H1] [H2] [R3] a position before the oldest event is trimmed", async () => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const { id: after } = await client.post(room, "early");
    for (let nth = 0; nth < 20; nth += 1) await client.post(room, `message ${nth}`);
    const url = eventsUrl(fixture.server.url, room, { after });
    const answer = await request(url, { headers: { accept: "application/json" } });
    expect(answer).toMatchObject(problem(410, { code: "reset", reason: "trimmed" }));
    const source = fixture.lifetime.own(await EventStream.open(url), (one) => one.close());
    const reset = await source.next();
    expect([reset.event, JSON.parse(reset.data)]).toEqual(["reset", { reason: "trimmed" }]);
    const kept = (await readPage(fixture.server.url, room)).events;
    expect((await source.take(10)).map(({ id }) => id)).toEqual(kept.map(({ id }) => id));
  });
});

describe.each(LOGS)("the log over HTTP with small limits, on %s", (log) => {
  const fixture = new ServerFixture(log, { MESSAGES_PER_SECOND: "1", MESSAGE_BURST: "3" });

  it("[H3] [L1] beyond the limit it is 429 with Retry-After, and nothing is stored", async () => {
    const { url } = fixture.server;
    const room = newRoom();
    const { token } = await newGuest(url, "Ada");
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, nth) => postMessage(url, room, { token }, { text: `message ${nth}` })),
    );
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused.length).toBeGreaterThan(0);
    for (const answer of refused) {
      expect(answer).toMatchObject(problem(429, { code: "rate_limited" }));
      expect(answer.headers.get("retry-after")).toMatch(/^[1-9]\d*$/);
    }
    expect(await readLog(url, room)).toHaveLength(answers.length - refused.length);
  });
});
