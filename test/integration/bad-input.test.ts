/**
 * Tests of malicious input: each input gets the answer of the SPEC. A bystander in the same room, who posts
 * before and after, is not disturbed.
 */
import assert from "node:assert/strict";
import { once } from "node:events";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import type { WireClient } from "../support/wire-client.ts";

const MARKUP = `<img src=x onerror=alert(1)>"'&amp;</script>`;

describe.each(LOGS)("bad input, on %s", (log) => {
  const fixture = new ServerFixture(log);
  let room = "";
  let bystander: WireClient;

  beforeEach(async () => {
    room = newRoom();
    bystander = await fixture.enter("Bystander", room);
    await bystander.post(room, "before");
  });

  afterEach(async () => {
    const { id, seq } = await bystander.post(room, "after");
    await bystander.event(room, (event) => event.id === id);
    const seqs = bystander.seenOf(room).map((event) => event.seq);
    assert.deepEqual(
      seqs,
      Array.from({ length: seq }, (_, index) => index + 1),
    );
    assert.deepEqual(
      bystander.received.filter(({ type }) => type === "error"),
      [],
    );
  });

  it.each([
    ["an array", (depth: number) => `${"[".repeat(depth)}${"]".repeat(depth)}`],
    ["an object", (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`],
  ])("[W2] [W5] %s nested 100,000 levels deep, or as deep as fits into a frame", async (_, nest) => {
    const { client: deepest } = await fixture.greet("Eve");
    deepest.sendText(nest(100_000));
    expect((await deepest.closed).code).toBe(1009);
    const { client } = await fixture.greet("Eve");
    client.sendText(nest(10_000));
    expect(await client.next("error")).toMatchObject({ code: "bad_frame" });
    client.sendText(`{"type":"post","ref":"r","room":"${room}","key":"k","text":${nest(9000)}}`);
    expect(await client.next("error")).toMatchObject({ code: "bad_frame", ref: "r" });
    const frame = `{"type":"join","ref":"j","room":"${room}","more":${nest(9000)}}`;
    client.sendText(frame);
    expect((await client.next("joined")).ref).toBe("j");
  });

  it("[W2] a message of many megabytes", async () => {
    const { client } = await fixture.greet("Eve");
    client.sendText("x".repeat(16_000_000));
    expect([1009, 1006]).toContain((await client.closed).code);
  });

  it("[W5] huge fields", async () => {
    const { client } = await fixture.greet("Eve");
    await client.join(room);
    const huge = "x".repeat(60_000);
    for (const [frame, code] of [
      [{ type: "join", room: huge }, "bad_room"],
      [{ type: "post", room, key: huge, text: "hi" }, "bad_key"],
      [{ type: "post", room, key: "k", text: huge }, "too_long"],
      [{ type: "post", room, key: "k", text: "hi", replyTo: huge }, "bad_frame"],
      [{ type: "react", room, key: "k", message: "1-1", emoji: huge, on: true }, "bad_emoji"],
      [{ type: huge }, "bad_frame"],
    ] as const) {
      expect(await client.request(frame)).toMatchObject({ type: "error", code });
    }
    const nameless = await fixture.connect();
    nameless.send({ type: "hello", name: huge });
    expect((await nameless.next("error")).code).toBe("bad_name");
  });

  it("[W5] names with a meaning in JavaScript objects or in databases", async () => {
    const { client } = await fixture.greet("__proto__");
    for (const name of [
      "constructor",
      "tostring",
      "hasownproperty",
      "a'; drop table events; --",
      "a*",
      "{a}",
    ]) {
      const answer = await client.request({ type: "join", room: name });
      const fine = /^[a-z]+$/.test(name);
      expect([name, answer.type]).toEqual([name, fine ? "joined" : "error"]);
    }
    client.sendText(`{"type":"join","ref":"r","__proto__":{"room":"${room}"}}`);
    expect((await client.next("error")).code).toBe("bad_frame");
    const ack = await client.post("constructor", "__proto__", { key: "__proto__" });
    const event = await client.event("constructor", ({ id }) => id === ack.id);
    expect(event).toMatchObject({ key: "__proto__", text: "__proto__", by: { name: "__proto__" } });
  });

  it("[V3] markup is only text, in every field that accepts it", async () => {
    const { client: eve, welcome } = await fixture.greet(MARKUP.slice(0, 40));
    expect(welcome.user.name).toBe(MARKUP.slice(0, 40));
    expect(await eve.request({ type: "join", room: MARKUP })).toMatchObject({
      type: "error",
      code: "bad_room",
    });
    await eve.join(room);
    const { id } = await eve.post(room, MARKUP, { key: "<key>" });
    expect(await bystander.event(room, (event) => event.id === id)).toMatchObject({
      key: "<key>",
      text: MARKUP,
      by: welcome.user,
    });
    const react = { type: "react", room, key: "k", message: id, emoji: "<b>", on: true };
    expect(await eve.request(react)).toMatchObject({ type: "error", code: "bad_emoji" });
    eve.send({ type: "typing", ref: "<ref>", room: "<room>" });
    expect(await eve.next("error")).toMatchObject({ code: "bad_room", ref: "<ref>" });
  });

  it("[V2] names that imitate another", async () => {
    for (const name of [
      "Witness\u200b",
      "Wit\u200dness",
      "\u202essentiW",
      "Witness\u2060",
      "W\u00aditness",
      "Witness\ufe0f",
    ]) {
      const client = await fixture.connect();
      client.send({ type: "hello", name });
      expect([name, (await client.next("error")).code]).toEqual([name, "bad_name"]);
    }
  });

  it("[D6] [I1] the edit of another's message, and a key used twice with different texts", async () => {
    const { client: eve } = await fixture.greet("Eve");
    const { events } = await eve.join(room);
    const message = events.find(({ type }) => type === "message.posted")?.id;
    const edit = { type: "edit", room, key: "k", message, text: "forged" };
    expect(await eve.request(edit)).toMatchObject({ type: "error", code: "forbidden" });
    const first = await eve.post(room, "one text", { key: "k" });
    expect(await eve.post(room, "another text", { key: "k" })).toMatchObject({
      id: first.id,
      seq: first.seq,
      duplicate: true,
    });
  });

  it("[W5] bytes that are not WebSocket frames", async () => {
    const { port } = fixture.server;
    const upgrade = [
      "GET /ws HTTP/1.1",
      `Host: 127.0.0.1:${port}`,
      "Connection: Upgrade",
      "Upgrade: websocket",
      "Sec-WebSocket-Version: 13",
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
      "",
      "",
    ].join("\r\n");
    const noise = Buffer.from(Array.from({ length: 256 }, (_, index) => 255 - index));
    const unmasked = Buffer.from([0x81, 0x02, 0x7b, 0x7d]);
    const closeOfOneByte = Buffer.from([0x88, 0x81, 0, 0, 0, 0, 1]);
    for (const bytes of [noise, unmasked, closeOfOneByte]) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      await once(socket, "connect");
      socket.write(upgrade);
      expect(String((await once(socket, "data"))[0])).toMatch(/^HTTP\/1.1 101 /);
      const ended = new Promise((resolve) => {
        socket.once("close", resolve);
      });
      socket.resume().write(bytes);
      await ended;
    }
  });

  it("[W5] bytes that are not HTTP, and upgrades to other protocols", async () => {
    const { port, url } = fixture.server;
    for (const [bytes, answered] of [
      ["\u0000\u0001\u0002\r\n\r\n", true],
      ["GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n", true],
      ["GET /ws HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n", true],
    ] as const) {
      const socket = connect(port, "127.0.0.1");
      socket.on("error", () => undefined);
      await once(socket, "connect");
      socket.write(bytes);
      const [answer] = await once(socket, "data");
      expect([bytes, /^HTTP\/1.1 4\d\d /.test(String(answer))]).toEqual([bytes, answered]);
      socket.destroy();
    }
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
  });
});
