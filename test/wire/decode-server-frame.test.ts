/**
 * Tests of decoding frames from the server: the result is a frame or undefined, and decoding never throws.
 */
import { expect, test } from "vitest";
import { decodeServerFrame } from "../../src/wire/decode-server-frame.ts";

const by = { id: "u1", name: "Ada" };
const event = { id: "1-0", seq: 1, type: "member.joined", by };
const FRAMES: readonly Readonly<Record<string, unknown>>[] = [
  {
    type: "welcome",
    protocol: 1,
    user: by,
    token: "t",
    connection: "c",
    heartbeatMs: 1,
    limits: { textLength: 1, roomsPerConnection: 1, messagesPerSecond: 1, burst: 1 },
  },
  {
    type: "joined",
    ref: "r",
    room: "a",
    replay: "reset",
    reason: "trimmed",
    head: { id: "1-0", seq: 1 },
    events: [event],
    more: true,
    members: [by],
    memberCount: 1,
  },
  { type: "left", ref: "r", room: "a" },
  { type: "events", room: "a", events: [event] },
  { type: "ack", ref: "r", room: "a", id: "1-0", seq: 1, duplicate: false },
  { type: "page", ref: "r", room: "a", events: [event], more: false },
  { type: "signal", room: "a", kind: "typing", user: by },
  { type: "members", room: "a", memberCount: 1 },
  { type: "heartbeat", heads: { a: 1 } },
  { type: "goaway", reason: "upgrade", afterMs: 1, deadlineMs: 2 },
  { type: "error", code: "bad_frame", message: "no" },
];
const OPTIONAL = new Set(["joined.ref"]);

test.each(FRAMES)("[W7] $type with unknown fields is the same frame", (frame) => {
  const decoded = decodeServerFrame(JSON.stringify(frame));
  expect(decoded).toMatchObject(frame);
  expect(decodeServerFrame(JSON.stringify({ ...frame, extra: [1], constructor: 2 }))).toEqual(decoded);
});

test.each(FRAMES)("[W7] $type without a field, or with one of the wrong type, is ignored", (frame) => {
  for (const field of Object.keys(frame)) {
    for (const wrong of [undefined, {}, [[]], true, "\u0000", -1]) {
      if (typeof wrong === typeof frame[field] && typeof wrong !== "number" && field !== "type") continue;
      if (wrong === undefined && OPTIONAL.has(`${String(frame["type"])}.${field}`)) continue;
      expect(decodeServerFrame(JSON.stringify({ ...frame, [field]: wrong }))).toBeUndefined();
    }
  }
});

test.each([
  "",
  "{",
  "null",
  "[]",
  "5",
  `"x"`,
  "[".repeat(100_000),
  '{"type":"new","room":"a"}',
  '{"type":"toString"}',
])("[W7] text that is not a frame is ignored (%#)", (text) => {
  expect(decodeServerFrame(text)).toBeUndefined();
});

test("[W7] an unknown type of event keeps its place in the frame", () => {
  const odd = { id: "2-0", seq: 2, type: "poll.opened", by };
  expect(
    decodeServerFrame(JSON.stringify({ type: "events", room: "a", events: [event, odd] })),
  ).toMatchObject({
    events: [event, { id: "2-0", seq: 2, type: "unknown" }],
  });
});

test("[W6] a heartbeat may have rooms of any name, and values that are not counts are ignored", () => {
  const decoded = decodeServerFrame('{"type":"heartbeat","heads":{"__proto__":3,"a":1,"b":"x","c":-1}}');
  expect(decoded).toEqual({
    type: "heartbeat",
    heads: Object.fromEntries([
      ["__proto__", 3],
      ["a", 1],
    ]),
  });
});
