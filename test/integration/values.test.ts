/**
 * Tests of SPEC, Values: which names, texts, emoji and positions are valid, in which form they come back, and
 * the error codes of invalid ones.
 */
import { describe, expect, it } from "vitest";
import { ServerFixture, LOGS, newRoom } from "../support/server-fixture.ts";
import { postGuest } from "../support/http-client.ts";

const LONE = "\ud800";
const NEVER = "1-1";

describe.each(LOGS)("values, on %s", (log) => {
  const fixture = new ServerFixture(log);

  it.each([
    ["LOBBY", "lobby"],
    ["Cafe\u0301", "caf\u00e9"],
    ["\u00c5ngstr\u00f6m", "\u00e5ngstr\u00f6m"],
    ["日本語.2-b_c", "日本語.2-b_c"],
    ["हिन्दी", "हिन्दी"],
    ["٣", "٣"],
    ["𝒳".repeat(64), "𝒳".repeat(64)],
    ["a".repeat(64), "a".repeat(64)],
  ])("[V1] the room %s is answered as %s", async (given, answered) => {
    const { client } = await fixture.greet("Ada");
    expect((await client.join(given)).room).toBe(answered);
    const ack = await client.post(given, "hi");
    expect(ack.room).toBe(answered);
    expect((await client.event(answered, ({ id }) => id === ack.id)).seq).toBe(ack.seq);
  });

  it.each([
    "",
    " ",
    "-a",
    "_a",
    ".a",
    "\u0301a",
    "a b",
    "a/b",
    "a:b",
    "a\u0000",
    "a\u200d",
    "☃",
    "#a",
    "a".repeat(65),
  ])("[V1] the room %j is bad_room", async (room) => {
    const { client } = await fixture.greet("Ada");
    for (const frame of [
      { type: "join", room },
      { type: "leave", room },
      { type: "post", room, key: "k", text: "hi" },
      { type: "history", room, before: NEVER },
    ]) {
      expect(await client.request(frame)).toMatchObject({ type: "error", code: "bad_room" });
    }
  });

  it.each([
    ["  Ada Lovelace\t", "Ada Lovelace"],
    ["Zoe\u0308", "Zo\u00eb"],
    ["👩‍👩‍👧‍👦 family", "👩‍👩‍👧‍👦 family"],
    ["<b>Ada</b>", "<b>Ada</b>"],
    ["𝒳".repeat(40), "𝒳".repeat(40)],
  ])("[V2] the name %j is accepted as %j", async (given, taken) => {
    expect((await fixture.greet(given)).welcome.user.name).toBe(taken);
  });

  it.each([
    "",
    "  ",
    "a".repeat(41),
    "A\u0000da",
    "A\u200bda",
    "A\u200dda",
    "\u202eadA",
    "A\u2066da",
    "A\u2069da",
    "A\u200eda",
    "A\ufeffda",
    "A\nda",
    "A\u007fda",
    "\u2800",
    "Ada\u3164",
    "Аda",
    "\u0600Ada",
  ])("[V2] the name %j is bad_name", async (name) => {
    const client = await fixture.connect();
    client.send({ type: "hello", name });
    expect((await client.next("error")).code).toBe("bad_name");
  });

  it.each([
    ["\u2800", /nobody can see/],
    ["Аda", /one alphabet/],
    ["a".repeat(41), /at most 40 characters/],
    [" ", /at least one character/],
  ])("[V2] bad_name for %j has a message with the reason, over WebSocket and HTTP", async (name, fault) => {
    const client = await fixture.connect();
    client.send({ type: "hello", name });
    expect((await client.next("error")).message).toMatch(fault);
    const { status, body } = await postGuest(fixture.server.url, { name });
    expect({ status, body }).toMatchObject({
      status: 400,
      body: { code: "bad_name", detail: expect.stringMatching(fault) },
    });
  });

  it.each([
    ["  hi\n", "hi"],
    ["a\r\nb\rc\nd", "a\nb\nc\nd"],
    ["a\tb", "a\tb"],
    ["<script>alert(1)</script> & \"'`", "<script>alert(1)</script> & \"'`"],
    ["\u2028 is a line separator", "is a line separator"],
    ["𝒳".repeat(4000), "𝒳".repeat(4000)],
    [` ${"a".repeat(4000)} `, "a".repeat(4000)],
  ])("[V3] the text %j is stored as %j", async (given, kept) => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const { id } = await client.post(room, given);
    expect(await client.event(room, (event) => event.id === id)).toMatchObject({ text: kept });
  });

  it.each([
    ["", "bad_text"],
    [" \n\t ", "bad_text"],
    ["a\u0000b", "bad_text"],
    ["a\u001bb", "bad_text"],
    ["a\u0085b", "bad_text"],
    ["a".repeat(4001), "too_long"],
    ["𝒳".repeat(4001), "too_long"],
  ])("[V3] the text %j is %s, posted or edited", async (text, code) => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const { id } = await client.post(room, "hi");
    const post = { type: "post", room, key: "k", text };
    expect(await client.request(post)).toMatchObject({ type: "error", code });
    const edit = { type: "edit", room, key: "k", message: id, text };
    expect(await client.request(edit)).toMatchObject({ type: "error", code });
  });

  it.each(["👍", "👍🏽", "👩‍👩‍👧‍👦", "🇩🇪", "1️⃣", "❤️"])("[V3] %s is an emoji", async (emoji) => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const { id } = await client.post(room, "hi");
    const ack = await client.ask("ack", { type: "react", room, key: "k", message: id, emoji, on: true });
    const event = await client.event(room, (one) => one.id === ack.id);
    expect(event).toMatchObject({ type: "reaction.added", emoji, message: id });
  });

  it.each(["", "a", "1", "👍👍", "👍 ", ":+1:", "<i>", "\u200d", "👩‍👩‍👧‍👦👩‍👩‍👧‍👦"])(
    "[V3] %j is bad_emoji, for any message",
    async (emoji) => {
      const room = newRoom();
      const client = await fixture.enter("Ada", room);
      const react = { type: "react", room, key: "k", message: NEVER, emoji, on: true };
      expect(await client.request(react)).toMatchObject({ type: "error", code: "bad_emoji" });
    },
  );

  it.each([
    "0",
    "-1",
    "1-",
    "-",
    "",
    "a-b",
    "1-1-1",
    " 1-1",
    "1.0-0",
    "0x1-0",
    "18446744073709551616-0",
    "1-18446744073709551616",
  ])("[V4] the position %j is bad_frame in every field", async (position) => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    for (const frame of [
      { type: "join", room: newRoom(), after: position },
      { type: "history", room, before: position },
      { type: "post", room, key: "k", text: "hi", replyTo: position },
      { type: "edit", room, key: "k", text: "hi", message: position },
      { type: "delete", room, key: "k", message: position },
      { type: "react", room, key: "k", emoji: "👍", on: true, message: position },
    ]) {
      expect(await client.request(frame)).toMatchObject({ type: "error", code: "bad_frame" });
    }
  });

  it("[V4] 0-0 is the position before a room's first event, and the largest stream id is a position", async () => {
    const room = newRoom();
    const ada = await fixture.enter("Ada", room);
    const { id } = await ada.post(room, "hi");
    const { client } = await fixture.greet("Bob");
    const joined = await client.join(room, { after: "0-0" });
    expect(joined.replay).toBe("resumed");
    expect(joined.events.map((event) => event.seq).slice(0, 2)).toEqual([1, 2]);
    const history = { type: "history", room, before: "18446744073709551615-18446744073709551615" };
    const page = await client.ask("page", history);
    expect(page.events.some((event) => event.id === id)).toBe(true);
  });

  it("[V5] a lone surrogate is refused in every field, with the code of that field", async () => {
    const room = newRoom();
    const client = await fixture.enter("Ada", room);
    const { id } = await client.post(room, "hi");
    for (const [frame, code] of [
      [{ type: "join", room: `a${LONE}` }, "bad_room"],
      [{ type: "post", room, key: "k", text: `a${LONE}` }, "bad_text"],
      [{ type: "post", room, key: `k${LONE}`, text: "a" }, "bad_key"],
      [{ type: "edit", room, key: "k", message: id, text: LONE }, "bad_text"],
      [{ type: "react", room, key: "k", message: id, emoji: LONE, on: true }, "bad_emoji"],
      [{ type: "post", room, key: "k", text: "a", replyTo: LONE }, "bad_frame"],
    ] as const) {
      expect(await client.request(frame)).toMatchObject({ type: "error", code });
    }
    client.send({ type: "join", ref: LONE, room });
    const unnamed = await client.next("error");
    expect([unnamed.code, unnamed.ref]).toEqual(["bad_frame", undefined]);
    const nameless = await fixture.connect();
    nameless.send({ type: "hello", name: `Ada${LONE}` });
    expect((await nameless.next("error")).code).toBe("bad_name");
  });
});
