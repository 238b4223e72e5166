/**
 * Tests of SPEC, Limits and identity: rate limits, the number of connections and rooms, and guests.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom, settingsOf, startInstance } from "../support/server-fixture.ts";
import { newGuest } from "../support/http-client.ts";
import { readLog } from "../support/log-over-http.ts";
import type { WireClient } from "../support/wire-client.ts";
import type { FrameOf } from "../support/wire-schema.ts";

const later = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

describe.each(LOGS)("the limits, on %s", (log) => {
  const fixture = new ServerFixture(log, {
    MESSAGES_PER_SECOND: "1",
    MESSAGE_BURST: "20",
    ROOMS_PER_CONNECTION: "3",
  });

  const postAtOnce = (client: WireClient, room: string, count: number) =>
    Promise.all(
      Array.from({ length: count }, (_, nth) =>
        client.request({ type: "post", room, key: crypto.randomUUID(), text: `message ${nth}` }),
      ),
    );

  it("[L1] beyond the burst a frame is rate_limited with retryAfterMs and not done, and after that time frames are served", async () => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const answers = await postAtOnce(client, room, 40);
    const acks = answers.filter(({ type }) => type === "ack");
    const errors = answers.filter((answer): answer is FrameOf<"error"> => answer.type === "error");
    expect(acks.length).toBeGreaterThanOrEqual(20);
    expect(errors.length).toBeGreaterThan(0);
    for (const { code, retryAfterMs } of errors) {
      expect(code).toBe("rate_limited");
      expect(retryAfterMs).toBeGreaterThan(0);
      expect(retryAfterMs).toBeLessThanOrEqual(1000);
    }
    const posted = (await readLog(fixture.server.url, room)).filter(({ type }) => type === "message.posted");
    expect(posted).toHaveLength(acks.length);
    await later(errors.at(-1)?.retryAfterMs ?? 0);
    expect((await client.post(room, "after it")).duplicate).toBe(false);
  });

  it("[L1] [I1] the limit comes before the values and the key, and covers edits, deletions and reactions", async () => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const { id: message } = await client.post(room, "hi", { key: "k" });
    const flood = postAtOnce(client, room, 30);
    const answers = await Promise.all(
      [
        { type: "post", text: "hi" },
        { type: "post", text: " " },
        { type: "edit", message, text: "ho" },
        { type: "react", message, emoji: "👍", on: true },
        { type: "delete", message },
      ].map((frame) => client.request({ room, key: "k", ...frame })),
    );
    await flood;
    for (const answer of answers) expect(answer).toMatchObject({ type: "error", code: "rate_limited" });
  });

  it("[L1] other frames have a limit of their own: 200 at once", async () => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    await postAtOnce(client, room, 25);
    const answers = await Promise.all(
      Array.from({ length: 260 }, () => client.request({ type: "history", room, before: "1-1", limit: 1 })),
    );
    const pages = answers.filter(({ type }) => type === "page").length;
    // The hello and the join have taken two tokens.
    expect(pages).toBeGreaterThanOrEqual(198);
    expect(pages).toBeLessThan(260);
    const kinds = new Set(answers.map((answer) => (answer.type === "error" ? answer.code : answer.type)));
    expect(kinds).toEqual(new Set(["page", "rate_limited"]));
  });

  it("[L1] a hundred refusals within ten seconds close with 4429, and disturb no other connection", async () => {
    const room = newRoom();
    const flooder = await fixture.enter("Flooder", room);
    const bystander = await fixture.enter("Bystander", room);
    for (let nth = 0; nth < 200; nth += 1) {
      flooder.send({ type: "post", ref: `${nth}`, room, key: `${nth}`, text: "me!" });
    }
    expect((await flooder.closed).code).toBe(4429);
    const { seq } = await bystander.post(room, "quiet again");
    await bystander.event(room, (event) => event.seq === seq);
  });

  it("[L2] a connection joins no room beyond the limit until it leaves another", async () => {
    const { client } = await fixture.greet("Ada");
    const rooms = [newRoom(), newRoom(), newRoom()];
    for (const room of rooms) await client.join(room);
    const fourth = { type: "join", room: newRoom() };
    expect(await client.request(fourth)).toMatchObject({ type: "error", code: "too_many_rooms" });
    await client.ask("left", { type: "leave", room: rooms[0] });
    expect((await client.request(fourth)).type).toBe("joined");
  });
});

describe.each(["MAX_CONNECTIONS", "CONNECTIONS_PER_ADDRESS"])("the bound of %s", (bound) => {
  const fixture = new ServerFixture("the embedded log", { [bound]: "2" });

  it("[L2] a connection beyond the bound is closed with 1013, until another has ended", async () => {
    const { client: first } = await fixture.greet("Ada");
    const { client: second } = await fixture.greet("Bob");
    const third = await fixture.connect();
    expect((await third.closed).code).toBe(1013);
    await second.close(1000);
    await first.next("heartbeat");
    expect((await fixture.greet("Eve")).welcome.user.name).toBe("Eve");
  });
});

describe.each(LOGS)("guests, on %s", (log) => {
  const fixture = new ServerFixture(log);

  it("[A1] the first hello makes a user, and the token makes the same user again, also with another name", async () => {
    const { welcome } = await fixture.greet("Ada");
    const { welcome: again } = await fixture.greet("Countess", welcome.token);
    expect(again.user).toEqual({ id: welcome.user.id, name: "Countess" });
    const { welcome: once } = await fixture.greet("Ada", again.token);
    expect(once.user.id).toBe(welcome.user.id);
    expect(once.connection).not.toBe(welcome.connection);
  });

  it("[A1] two users may have the same name, but never the same id", async () => {
    const guests = await Promise.all(Array.from({ length: 10 }, () => fixture.greet("Ada")));
    expect(new Set(guests.map(({ welcome }) => welcome.user.id)).size).toBe(10);
  });

  it("[A1] a token that was changed, is not a token or is empty closes with 4401", async () => {
    const { token } = await newGuest(fixture.server.url, "Ada");
    const middle = Math.floor(token.length / 2);
    const swapped = token[middle] === "A" ? "B" : "A";
    for (const bad of [
      "",
      " ",
      "token",
      `${token}A`,
      token.slice(1),
      `${token.slice(0, middle)}${swapped}${token.slice(middle + 1)}`,
      token.split(".").slice(0, -1).join("."),
      "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZGEifQ.",
    ]) {
      const client = await fixture.connect();
      client.send({ type: "hello", name: "Ada", token: bad });
      expect([bad, (await client.closed).code]).toEqual([bad, 4401]);
    }
  });

  it("[A1] another deployment's token closes with 4401", async () => {
    const { lifetime } = fixture;
    const stranger = await startInstance(lifetime, {
      ...(await settingsOf("the embedded log", lifetime)),
      TOKEN_SECRET: "the secret of a deployment that is not this one and is as long",
    });
    const { token } = await newGuest(stranger.url, "Ada");
    const client = await fixture.connect();
    client.send({ type: "hello", name: "Ada", token });
    expect((await client.closed).code).toBe(4401);
  });
});
