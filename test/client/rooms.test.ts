/**
 * Rooms over one connection: joining, the visible state, resuming, history, holes, resets.
 */
import { describe, expect, test } from "vitest";
import { comparePositions, START } from "../../src/domain/position.ts";
import { KEY } from "../domain/given.ts";
import { ofType, quietWorld, seqsOf, servedWorld, settled, watch } from "./given.ts";
import { author, HEARTBEAT_MS, LIMITS, textsOf } from "./service.ts";

describe("joining", () => {
  test("[W4] the joins follow the `hello` at once, without waiting for the welcome", () => {
    const { wires, chat } = quietWorld();
    chat.join("lobby");
    chat.join("Garden");
    expect(wires.last.sent).toEqual([]);
    wires.last.open();
    expect(wires.last.sent.map((frame) => frame.type)).toEqual(["hello", "join", "join"]);
    expect(wires.last.of("join").map((frame) => frame.room)).toEqual(["lobby", "garden"]);
    expect(wires.last.protocol).toBe("gapless.v1");
  });

  test("[V1] another spelling of a name gives the same room, and an invalid name throws", () => {
    const { chat } = quietWorld();
    expect(chat.join("Lobby")).toBe(chat.join("lobby"));
    expect(() => chat.join("/")).toThrow(RangeError);
    expect(chat.rooms).toHaveLength(1);
  });

  test("[L4] a leave that is refused for its rate is sent again until it is answered", () => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    service.refusals.push({ code: "rate_limited", retryAfterMs: 500 });
    room.leave();
    expect(chat.rooms).toEqual([]);
    clock.advance(499);
    expect(wires.last.of("leave")).toHaveLength(1);
    service.heartbeat(wires.last);
    clock.advance(1_001);
    expect(wires.last.of("leave")).toHaveLength(2);
    service.heartbeat(wires.last);
    clock.advance(1_500);
    expect(wires.last.of("leave")).toHaveLength(2);
  });

  test("[R1] a first join shows the newest events, and announces only later messages", () => {
    const { service, chat } = servedWorld();
    for (let n = 1; n <= 60; n += 1) service.post("lobby", `old ${n}`);
    const room = chat.join("lobby");
    const heard: string[] = [];
    room.on("message", (message) => heard.push(message.text));
    expect(seqsOf(room)).toEqual(Array.from({ length: 50 }, (_, n) => n + 11));
    expect(room.hasOlder).toBe(true);
    expect(room.status).toEqual({ status: "live" });
    service.post("lobby", "new");
    expect(heard).toEqual(["new"]);
  });

  test("[L2] a refused room shows the reason, and joins again on the next connection", () => {
    const { wires, chat, clock } = quietWorld();
    const room = chat.join("lobby");
    wires.last.open();
    const ref = wires.last.of("join")[0]?.ref;
    wires.last.say({ type: "error", ref, code: "forbidden", message: "No." });
    expect(room.status).toEqual({ status: "refused", code: "forbidden", message: "No." });
    wires.last.cut();
    clock.ring();
    wires.last.open();
    expect(wires.last.of("join")).toHaveLength(1);
  });

  test("[D5] a join that is refused for now is sent again on the same connection", () => {
    const { wires, chat, clock } = quietWorld();
    const room = chat.join("lobby");
    wires.last.open();
    wires.last.say({
      type: "error",
      ref: wires.last.of("join")[0]?.ref,
      code: "unavailable",
      message: "Later.",
    });
    expect(room.status).toEqual({ status: "joining" });
    clock.advance(1_000);
    expect(wires.last.of("join")).toHaveLength(2);
  });
});

describe("the visible state", () => {
  test("[P4] the roster is the members at the head, and the joins and leaves after it", () => {
    const { service, chat } = servedWorld();
    const ben = author("ben", "Ben");
    service.members = [ben];
    service.append("lobby", { type: "member.joined", by: ben });
    const room = chat.join("lobby");
    expect([...room.roster.listed.values()]).toEqual([ben]);
    service.append("lobby", { type: "member.left", by: ben });
    expect(room.roster.listed.size).toBe(0);
  });

  test("[P5] a typist lapses after five seconds or with a message or an edit, and the own user is not shown", () => {
    const { wires, clock, chat, service } = servedWorld();
    const room = chat.join("lobby");
    const ben = author("ben", "Ben");
    const types = (user = ben): void =>
      wires.last.say({ type: "signal", room: "lobby", kind: "typing", user });
    types();
    expect(room.typists).toEqual([ben]);
    clock.advance(1_900);
    service.heartbeat(wires.last);
    types();
    clock.advance(1_900);
    service.heartbeat(wires.last);
    clock.advance(1_900);
    service.heartbeat(wires.last);
    expect(room.typists).toEqual([ben]);
    clock.advance(1_300);
    expect(room.typists).toEqual([]);
    types();
    const done = service.post("lobby", "done", ben);
    expect(room.typists).toEqual([]);
    types();
    service.append("lobby", { type: "message.edited", by: ben, key: KEY, message: done.id, text: "is done" });
    expect(room.typists).toEqual([]);
    if (chat.user !== undefined) types(chat.user);
    expect(room.typists).toEqual([]);
  });

  test("[P5] the client sends `typing` at most once in three seconds", () => {
    const { wires, clock, chat } = servedWorld();
    const room = chat.join("lobby");
    room.typing();
    room.typing();
    clock.advance(1_500);
    wires.last.text("{}");
    clock.advance(1_400);
    room.typing();
    expect(wires.last.of("typing")).toHaveLength(1);
    clock.advance(100);
    room.typing();
    expect(wires.last.of("typing")).toHaveLength(2);
  });

  test("[P5] after an own message, the next `typing` goes out at once", async () => {
    const { wires, chat } = servedWorld();
    const room = chat.join("lobby");
    room.typing();
    await room.post("done");
    room.typing();
    expect(wires.last.of("typing")).toHaveLength(2);
  });

  test("[P6] the count of a `members` frame is in the roster", () => {
    const { wires, chat } = servedWorld();
    const room = chat.join("lobby");
    wires.last.say({ type: "members", room: "lobby", memberCount: 900 });
    expect(room.roster.counted).toBe(900);
  });

  test("[W7] a listener that throws does not disturb the others", async () => {
    const { service, chat } = servedWorld();
    const room = chat.join("lobby");
    const faults: unknown[] = [];
    const before = process.listeners("uncaughtException");
    process.removeAllListeners("uncaughtException");
    process.on("uncaughtException", (fault) => faults.push(fault));
    const heard: string[] = [];
    room.on("message", () => {
      throw new Error("a bug of the page");
    });
    room.on("message", (message) => heard.push(message.text));
    service.post("lobby", "one");
    service.post("lobby", "two");
    await settled();
    process.removeAllListeners("uncaughtException");
    for (const listener of before) process.on("uncaughtException", listener);
    expect(heard).toEqual(["one", "two"]);
    expect(faults).toHaveLength(2);
  });
});

describe("resuming", () => {
  test("[R2] a reconnect resumes after the last event, and reports how many messages were missed", () => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "one");
    const changes = watch(room);
    wires.last.cut();
    expect(room.status).toEqual({ status: "waiting" });
    for (let n = 0; n < 1_200; n += 1) service.post("lobby", `missed ${n}`);
    service.append("lobby", { type: "member.joined", by: author("ben") });
    clock.advance(1_000);
    expect(wires.last.of("join")[0]?.after).toBe(service.log("lobby")[0]?.id);
    expect(room.items).toEqual(service.log("lobby"));
    expect(ofType(changes, "caughtUp")).toEqual([{ type: "caughtUp", messages: 1_200 }]);
    expect(ofType(changes, "status").map(({ status }) => status.status)).toEqual([
      "waiting",
      // "joining" is not seen, because the service answers at once.
      "catching up",
      "catching up",
      "live",
    ]);
  });

  test("[R2] a program resumes after a position that it has saved", () => {
    const { service, chat } = servedWorld();
    for (let n = 1; n <= 5; n += 1) service.post("lobby", `${n}`);
    const room = chat.join("lobby", { after: service.log("lobby")[2]?.id });
    expect(textsOf(service.log("lobby").slice(3))).toEqual(["4", "5"]);
    expect(seqsOf(room)).toEqual([4, 5]);
    expect(room.position).toBe(service.head("lobby").id);
    const other = chat.join("empty", { after: START });
    service.post("empty", "first");
    expect(seqsOf(other)).toEqual([1]);
  });

  test("[W6] [D2] the client takes in no event after a hole: it gives the connection up and resumes", () => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "one");
    const first = wires.last;
    // This connection does not get the second event.
    clock.advance(1);
    const two = service.post("elsewhere", "two");
    service.log("lobby").push({ ...two, seq: 2 });
    first.say({ type: "events", room: "lobby", events: [{ ...service.post("elsewhere", "three"), seq: 3 }] });
    expect(seqsOf(room)).toEqual([1]);
    expect(first.closedWith).toBe(4000);
    clock.advance(1_000);
    expect(seqsOf(room)).toEqual([1, 2]);
  });

  test("[W6] a heartbeat ahead of the last event is a hole as well", () => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "one");
    const first = wires.last;
    service.heartbeat(first);
    first.say({ type: "heartbeat", heads: { lobby: 1, elsewhere: 9 } });
    expect(first.isOpen).toBe(true);
    first.say({ type: "heartbeat", heads: { lobby: 2 } });
    expect(first.closedWith).toBe(4000);
    clock.advance(1_000);
    expect(wires.all).toHaveLength(2);
    expect(room.status.status).toBe("live");
  });

  test("[D2] an event that comes twice is taken in once", () => {
    const { service, chat, wires } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "one");
    service.post("lobby", "two");
    wires.last.say({ type: "events", room: "lobby", events: service.log("lobby") });
    expect(seqsOf(room)).toEqual([1, 2]);
    expect(wires.last.isOpen).toBe(true);
  });

  test("[R4] the client gives the connection up after another event with a known seq", () => {
    const { service, chat, wires } = servedWorld();
    const room = chat.join("lobby");
    const one = service.post("lobby", "one");
    const other = { ...one, id: service.post("elsewhere", "x").id };
    wires.last.say({ type: "events", room: "lobby", events: [other] });
    expect(wires.last.closedWith ?? (comparePositions(one.id, other.id) === 0 ? 4000 : undefined)).toBe(4000);
    expect(seqsOf(room)).toEqual([1]);
  });
});

describe("resets", () => {
  test("[R3] a trimmed position leaves a gap with its reason, and the events before it stay", () => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    const heard: string[] = [];
    room.on("message", ({ text }) => heard.push(text));
    service.post("lobby", "before");
    const changes = watch(room);
    wires.last.cut();
    for (let n = 1; n <= 80; n += 1) service.post("lobby", `${n}`);
    service.trim("lobby", 60);
    clock.advance(1_000);
    const [gap] = ofType(changes, "reset");
    expect(gap?.gap).toMatchObject({ type: "gap", reason: "trimmed" });
    expect(room.items[0]).toMatchObject({ seq: 1 });
    expect(room.items[1]).toBe(gap?.gap);
    expect(seqsOf(room)).toEqual([1, ...Array.from({ length: 50 }, (_, n) => n + 32)]);
    expect(heard).toHaveLength(51);
    expect(room.hasOlder).toBe(true);
  });

  test("[R3] history fills a gap from its end, as far as the log reaches", async () => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "before");
    wires.last.cut();
    for (let n = 1; n <= 80; n += 1) service.post("lobby", `${n}`);
    service.trim("lobby", 60);
    clock.advance(1_000);
    expect(await room.loadOlder()).toBe(true);
    expect(seqsOf(room)).toEqual([1, ...Array.from({ length: 60 }, (_, n) => n + 22)]);
    expect(room.items[1]?.type).toBe("gap");
    expect(room.hasOlder).toBe(false);
    expect(await room.loadOlder()).toBe(false);
  });

  test("[R4] after the log lost its tail, the lost events are gone, a gap stands in their place, and new events follow", () => {
    const { service, chat } = servedWorld();
    const room = chat.join("lobby");
    const changes = watch(room);
    for (let n = 1; n <= 5; n += 1) service.post("lobby", `${n}`);
    const lost = service.log("lobby")[4];
    service.lose("lobby", 2);
    expect(room.items.map((item) => (item.type === "gap" ? item.reason : item.seq))).toEqual([
      1,
      2,
      3,
      "unknown",
    ]);
    expect(lost !== undefined && room.message(lost.id)).toBeUndefined();
    expect(ofType(changes, "message").filter(({ message }) => message === undefined)).toHaveLength(2);
    service.post("lobby", "again");
    expect(room.items.map((item) => (item.type === "gap" ? item.reason : item.seq))).toEqual([
      1,
      2,
      3,
      "unknown",
      4,
    ]);
    expect(room.status).toEqual({ status: "live" });
  });

  test("[R4] after the log was emptied there is a gap, and the next event has seq 1", () => {
    const { service, chat } = servedWorld();
    const room = chat.join("lobby");
    for (let n = 1; n <= 3; n += 1) service.post("lobby", `${n}`);
    service.lose("lobby", 3);
    expect(room.items.map((item) => item.type)).toEqual([
      "message.posted",
      "message.posted",
      "message.posted",
      "gap",
    ]);
    service.post("lobby", "anew");
    expect(seqsOf(room)).toEqual([1, 2, 3, 1]);
  });

  test("[R4] two resets without an event in between leave one gap", () => {
    const { service, chat, wires } = servedWorld();
    const room = chat.join("lobby");
    service.post("lobby", "before");
    const { id: after } = service.head("lobby");
    service.lose("lobby", 1);
    const changes = watch(room);
    const frame = { type: "joined", room: "lobby", replay: "reset", reason: "trimmed" } as const;
    const empty = { more: false, members: [], memberCount: 0, events: [] } as const;
    wires.last.say({ ...frame, ...empty, ref: undefined, head: service.head("lobby") });
    const gap = { type: "gap", reason: "trimmed", after };
    expect(room.items.slice(1)).toEqual([gap]);
    expect(ofType(changes, "reset")).toEqual([{ type: "reset", gap }]);
  });

  test("[R4] a reset that loses no event leaves no gap", () => {
    const { service, chat, wires } = servedWorld();
    const room = chat.join("lobby");
    for (let n = 1; n <= 3; n += 1) service.post("lobby", `${n}`);
    const events = service.log("lobby");
    const head = service.head("lobby");
    const frame = { type: "joined", room: "lobby", replay: "reset", reason: "unknown" } as const;
    const empty = { more: false, members: [], memberCount: 0 } as const;
    wires.last.say({ ...frame, ...empty, ref: undefined, head, events });
    expect(seqsOf(room)).toEqual([1, 2, 3]);
    expect(room.items.some((item) => item.type === "gap")).toBe(false);
  });
});

describe("history", () => {
  test("[R1] older events come in front, and complete the messages whose later events were here", async () => {
    const { service, chat } = servedWorld();
    const old = service.post("lobby", "old");
    for (let n = 1; n <= 60; n += 1) service.post("lobby", `${n}`);
    const ada = chat.join("lobby");
    await ada.react(old.id, "👍", true);
    expect(ada.message(old.id)).toBeUndefined();
    const changes = watch(ada);
    expect(await ada.loadOlder(500)).toBe(true);
    expect(ada.message(old.id)).toMatchObject({ text: "old", reactions: [{ emoji: "👍" }] });
    expect(ofType(changes, "inserted")).toMatchObject([{ at: 0 }]);
    expect(seqsOf(ada)).toEqual(service.log("lobby").map(({ seq }) => seq));
    expect(ada.hasOlder).toBe(false);
  });

  test("[R1] a room that was joined without events loads history from its end", async () => {
    const { service, chat } = servedWorld();
    for (let n = 1; n <= 3; n += 1) service.post("lobby", `${n}`);
    const room = chat.join("lobby", { limit: 0 });
    expect(seqsOf(room)).toEqual([]);
    expect(await room.loadOlder(2)).toBe(true);
    expect(seqsOf(room)).toEqual([2, 3]);
    expect(await room.loadOlder(2)).toBe(true);
    expect(seqsOf(room)).toEqual([1, 2, 3]);
  });

  test("[R1] `loadOlder` resolves to false if the connection is cut", async () => {
    const { service, chat, wires } = servedWorld();
    for (let n = 1; n <= 60; n += 1) service.post("lobby", `${n}`);
    const room = chat.join("lobby");
    wires.last.onFrame = () => {};
    const page = room.loadOlder();
    wires.last.cut();
    expect(await page).toBe(false);
  });
});

describe("malformed and unknown frames", () => {
  const bad = [
    "",
    "null",
    "[]",
    "1",
    "{",
    `{"type":"events"}`,
    `{"type":"events","room":"lobby","events":[{}]}`,
    `{"type":"events","room":"lobby","events":{"length":1}}`,
    `{"type":"joined","room":"lobby"}`,
    `{"type":"heartbeat","heads":[]}`,
    `{"type":"heartbeat","heads":{"lobby":"x","constructor":1}}`,
    `{"type":"goaway","reason":"boredom","afterMs":0,"deadlineMs":0}`,
    `{"type":"goaway","reason":"rotation","afterMs":-1,"deadlineMs":0}`,
    `{"type":"ack","ref":"x","room":"lobby","id":"1","seq":1,"duplicate":false}`,
    `{"type":"error","code":"no_such_code","message":""}`,
    `{"type":"welcome","token":1}`,
    `{"type":"signal","room":"lobby","kind":"waving","user":{"id":"ben","name":"Ben"}}`,
    `{"type":"signal","room":"nowhere","kind":"typing","user":{"id":"ben","name":"Ben"}}`,
    `{"type":"fireworks"}`,
    `${"[".repeat(100_000)}${"]".repeat(100_000)}`,
  ];
  test.each(bad)("[W7] number %# is ignored", (text) => {
    const { service, chat, wires, clock } = servedWorld();
    const room = chat.join("lobby");
    wires.last.text(text);
    service.post("lobby", "still here");
    expect(seqsOf(room)).toEqual([1]);
    expect(wires.all).toHaveLength(1);
    expect(chat.status).toEqual({ status: "live" });
    clock.advance(HEARTBEAT_MS);
    expect(chat.limits).toEqual(LIMITS);
  });

  test("[W7] an event of an unknown type keeps its place", () => {
    const { chat, wires, service } = servedWorld();
    const room = chat.join("lobby");
    const { id } = service.post("elsewhere", "x");
    wires.last.text(
      JSON.stringify({ type: "events", room: "lobby", events: [{ id, seq: 1, type: "poll.opened", by: 1 }] }),
    );
    expect(room.items).toEqual([{ id, seq: 1, type: "unknown" }]);
  });
});
