/**
 * Tests of SPEC, Wire: the beginning of a connection, frames, and hello.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { upgradeStatus } from "../support/wire-client.ts";

const FRIEND = "https://chat.example";

describe.each(LOGS)("the wire, on %s", (log) => {
  const fixture = new ServerFixture(log, { ALLOWED_ORIGINS: `https://other.example,${FRIEND}` });

  it("[W1] a client that offers gapless.v1 gets it, also if it offers others", async () => {
    for (const protocols of [["gapless.v1"], ["gapless.v9", "gapless.v1"]]) {
      const client = await fixture.connect({ protocols });
      expect(client.socket.protocol).toBe("gapless.v1");
      expect((await client.hello("Ada")).protocol).toBe(1);
    }
  });

  it("[W1] a client that offers no subprotocol is served v1", async () => {
    const client = await fixture.connect({ protocols: [] });
    expect(client.socket.protocol).toBe("");
    expect((await client.hello("Ada")).protocol).toBe(1);
  });

  it("[W1] a client that offers only others gets HTTP 400", async () => {
    const { webSocketUrl } = fixture.server;
    expect(await upgradeStatus(webSocketUrl, { protocols: ["gapless.v2", "chat"] })).toBe(400);
  });

  it("[W2] a binary message closes with 1003", async () => {
    const { client } = await fixture.greet("Ada");
    client.sendBinary(new TextEncoder().encode(`{"type":"typing","room":"r"}`));
    expect((await client.closed).code).toBe(1003);
  });

  it("[W2] a message of 64 KiB is served, and one byte more closes with 1009", async () => {
    const { client } = await fixture.greet("Ada");
    const frame = (bytes: number): string => {
      const head = `{"type":"join","ref":"long","room":"${newRoom()}","padding":"`;
      return `${head}${"x".repeat(bytes - head.length - 2)}"}`;
    };
    client.sendText(frame(65_536));
    expect((await client.next("joined")).ref).toBe("long");
    client.sendText(frame(65_537));
    expect((await client.closed).code).toBe(1009);
  });

  it("[W2] text that is not UTF-8 closes with 1007", async () => {
    const { client } = await fixture.greet("Ada");
    client.sendBytesAsText(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]));
    expect((await client.closed).code).toBe(1007);
  });

  it("[W3] an origin that is neither the server's own nor on its list gets HTTP 403", async () => {
    const { webSocketUrl, port } = fixture.server;
    for (const origin of [
      "https://evil.example",
      `${FRIEND}.evil.example`,
      "null",
      `http://127.0.0.1:${port + 1}`,
    ]) {
      expect([origin, await upgradeStatus(webSocketUrl, { origin })]).toEqual([origin, 403]);
    }
    for (const origin of [FRIEND, `http://127.0.0.1:${port}`]) {
      expect([origin, await upgradeStatus(webSocketUrl, { origin })]).toEqual([origin, 101]);
    }
  });

  it("[W4] anything but hello first closes with 4400", async () => {
    for (const text of [
      `{"type":"join","ref":"1","room":"lobby"}`,
      `{"type":"typing","room":"lobby"}`,
      "good day",
    ]) {
      const client = await fixture.connect();
      client.sendText(text);
      expect([text, (await client.closed).code]).toEqual([text, 4400]);
    }
  });

  it("[W4] joins may be sent right after hello", async () => {
    const client = await fixture.connect();
    const rooms = [newRoom(), newRoom(), newRoom()];
    client.send({ type: "hello", name: "Ada" });
    for (const room of rooms) client.send({ type: "join", ref: room, room });
    for (const room of rooms) {
      expect((await client.next("joined", ({ ref }) => ref === room)).room).toBe(room);
    }
    expect(client.received.at(0)?.type).toBe("welcome");
  });

  it("[W4] [A1] welcome has the user and the limits", async () => {
    const { welcome } = await fixture.greet("  Ada ");
    expect(welcome.user.name).toBe("Ada");
    expect(welcome.heartbeatMs).toBe(1500);
    expect(welcome.limits).toEqual({
      textLength: 4000,
      roomsPerConnection: 100,
      messagesPerSecond: 100_000,
      burst: 100_000,
    });
  });

  it("[W5] a hello with a bad name gets bad_name with its ref, and another hello may follow", async () => {
    const client = await fixture.connect();
    client.send({ type: "hello", ref: "first", name: "\u202e" });
    const error = await client.next("error");
    expect([error.ref, error.code]).toEqual(["first", "bad_name"]);
    expect((await client.hello("Ada")).user.name).toBe("Ada");
  });

  it.each<[string, string | undefined]>([
    ["good day", undefined],
    ["", undefined],
    ["null", undefined],
    ["17", undefined],
    [`"hello"`, undefined],
    [`[{"type":"typing"}]`, undefined],
    [`{"ref":"a"}`, "a"],
    [`{"type":7,"ref":"a"}`, "a"],
    [`{"type":"dance","ref":"a"}`, "a"],
    [`{"type":"__proto__","ref":"a"}`, "a"],
    [`{"type":"join","ref":"a"}`, "a"],
    [`{"type":"join","room":"lobby"}`, undefined],
    [`{"type":"join","ref":7,"room":"lobby"}`, undefined],
    [`{"type":"join","ref":"","room":"lobby"}`, undefined],
    [`{"type":"join","ref":"${"x".repeat(65)}","room":"lobby"}`, undefined],
    [`{"type":"join","ref":"a","room":["lobby"]}`, "a"],
    [`{"type":"join","ref":"a","room":"lobby","after":0}`, "a"],
    [`{"type":"join","ref":"a","room":"lobby","limit":-1}`, "a"],
    [`{"type":"join","ref":"a","room":"lobby","limit":501}`, "a"],
    [`{"type":"join","ref":"a","room":"lobby","limit":1.5}`, "a"],
    [`{"type":"join","ref":"a","room":"lobby","limit":"50"}`, "a"],
    [`{"type":"history","ref":"a","room":"lobby"}`, "a"],
    [`{"type":"history","ref":"a","room":"lobby","before":"1-0","limit":0}`, "a"],
    [`{"type":"post","ref":"a","room":"lobby","text":"hi"}`, "a"],
    [`{"type":"post","ref":"a","room":"lobby","key":"k"}`, "a"],
    [`{"type":"react","ref":"a","room":"lobby","key":"k","message":"1-0","emoji":"👍","on":1}`, "a"],
    [`{"type":"edit","ref":"a","room":"lobby","key":"k","message":"first","text":"hi"}`, "a"],
  ])("[W5] %s is bad_frame with its ref, and the connection stays open", async (text, ref) => {
    const { client } = await fixture.greet("Ada");
    client.sendText(text);
    const error = await client.next("error");
    expect([error.code, error.ref]).toEqual(["bad_frame", ref]);
    expect((await client.join(newRoom())).replay).toBe("recent");
  });

  it("[W5] null for an optional field means that the field is left out", async () => {
    const client = await fixture.connect();
    client.send({ type: "hello", name: "Ada", token: null });
    await client.next("welcome");
    const room = newRoom();
    const joined = await client.join(room, { after: null, limit: null });
    expect(joined.replay).toBe("recent");
    expect((await client.post(room, "hi", { replyTo: null })).duplicate).toBe(false);
  });

  it("[W5] the tenth bad_frame within a minute closes with 4400", async () => {
    const { client } = await fixture.greet("Ada");
    for (let nth = 1; nth < 10; nth += 1) {
      client.sendText("{}");
      await client.next("error");
    }
    const room = newRoom();
    await client.join(room);
    expect((await client.post(room, "still here")).duplicate).toBe(false);
    client.sendText("{}");
    expect((await client.closed).code).toBe(4400);
  });

  it("[W7] unknown fields are ignored", async () => {
    const client = await fixture.connect();
    client.send({ type: "hello", name: "Ada", colour: "red", nested: { deep: [1, { a: null }] } });
    await client.next("welcome");
    const room = newRoom();
    await client.join(room, { future: true });
    const { id } = await client.post(room, "hi", { by: { id: "somebody", name: "else" }, seq: 99 });
    const event = await client.event(room, (one) => one.id === id);
    expect(event).toMatchObject({ type: "message.posted", by: { name: "Ada" } });
  });

  it("[W8] a second hello answers welcome again, and may bring another name, which later events have", async () => {
    const { client, welcome } = await fixture.greet("Ada");
    const room = newRoom();
    await client.join(room);
    const before = await client.post(room, "as Ada");
    const again = await client.hello("Countess", welcome.token);
    expect(again.user).toEqual({ id: welcome.user.id, name: "Countess" });
    expect(again.connection).toBe(welcome.connection);
    const after = await client.post(room, "as Countess");
    expect((await client.event(room, ({ id }) => id === before.id)).by.name).toBe("Ada");
    expect((await client.event(room, ({ id }) => id === after.id)).by).toEqual(again.user);
  });

  it("[W8] the token of another user is forbidden, and a changed token closes with 4401", async () => {
    const { welcome: other } = await fixture.greet("Bob");
    const { client } = await fixture.greet("Ada");
    client.send({ type: "hello", name: "Ada", token: other.token });
    expect((await client.next("error")).code).toBe("forbidden");
    expect((await client.join(newRoom())).replay).toBe("recent");
    client.send({ type: "hello", name: "Ada", token: `${other.token.slice(0, -4)}AAAA` });
    expect((await client.closed).code).toBe(4401);
  });
});
