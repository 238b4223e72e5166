/**
 * Tests of encoding frames to clients: the client decodes exactly what the server encoded.
 */
import { describe, expect, test } from "vitest";
import { position, START } from "../../src/domain/position.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { decodeServerFrame } from "../../src/wire/decode-server-frame.ts";
import {
  encodeEvents,
  encodeFrame,
  encodeJoined,
  encodePage,
  encodeEventList,
  splitIntoFrames,
} from "../../src/wire/encode.ts";
import { eventOf } from "../../src/log/decode-event.ts";
import { entryOf, envelopeOf, type Entry } from "../../src/log/entry.ts";
import type { ServerFrame } from "../../src/wire/server-frame.ts";

const id = parseUserId("u1");
if (!id.ok) throw new Error("the tests' own id is refused");
const by = { id: id.value, name: 'A "d" a\\ 👍' };

const entries = (count: number): readonly Entry[] =>
  Array.from({ length: count }, (_, nth) =>
    entryOf(
      position(`${nth + 1}-0`),
      nth + 1,
      nth === 0 ? START : position(`${nth}-0`),
      envelopeOf({ type: "member.joined", by }),
    ),
  );

const ROOM = "caf\u00e9.\u2028";
const HEAD = { id: position("9-0"), seq: 9 };

describe("a frame is the same after encoding and decoding", () => {
  const frames: readonly Extract<ServerFrame, Parameters<typeof encodeFrame>[0]>[] = [
    {
      type: "welcome",
      protocol: 1,
      user: by,
      token: "t",
      connection: "c",
      heartbeatMs: 25_000,
      limits: { textLength: 4000, roomsPerConnection: 100, messagesPerSecond: 10, burst: 20 },
    },
    { type: "left", ref: 'r"', room: ROOM },
    { type: "ack", ref: "r", room: ROOM, id: position("18446744073709551615-1"), seq: 3, duplicate: true },
    { type: "signal", room: ROOM, kind: "typing", user: by },
    { type: "members", room: ROOM, memberCount: 250 },
    { type: "heartbeat", heads: { [ROOM]: 7, constructor: 1 } },
    { type: "goaway", reason: "rotation", afterMs: 0, deadlineMs: 10 },
    { type: "error", ref: "r", code: "rate_limited", message: "slow down", retryAfterMs: 100 },
    { type: "error", ref: undefined, code: "bad_frame", message: "no", retryAfterMs: undefined },
  ];

  test.each(frames)("[W2] $type", (frame) => {
    expect(decodeServerFrame(encodeFrame(frame))).toEqual(frame);
  });

  test("[W5] an error without a ref does not have the field", () => {
    const text = encodeFrame({ type: "error", ref: undefined, code: "bad_frame", message: "no" });
    expect(JSON.parse(text)).toEqual({ type: "error", code: "bad_frame", message: "no" });
  });

  test.each([0, 1, 3])("[D2] events, %d of them", (count) => {
    const events = entries(count).map(eventOf);
    expect(decodeServerFrame(encodeEvents(ROOM, encodeEventList(entries(count))))).toEqual({
      type: "events",
      room: ROOM,
      events,
    });
    expect(decodeServerFrame(encodePage('r"', ROOM, entries(count), true))).toEqual({
      type: "page",
      ref: 'r"',
      room: ROOM,
      events,
      more: true,
    });
    expect(JSON.parse(encodeEventList(entries(count)))).toHaveLength(count);
  });

  test.each([
    { ref: "r", replay: "recent" },
    { ref: "r", replay: "resumed" },
    { ref: "r", replay: "reset", reason: "trimmed" },
    { ref: undefined, replay: "reset", reason: "unknown" },
  ] as const)("[R1] [R2] [R3] [R4] joined, $replay", (how) => {
    const room = { room: ROOM, head: HEAD, more: false, members: [by], memberCount: 1 };
    const text = encodeJoined({ ...how, ...room, events: encodeEventList(entries(2)) });
    expect(decodeServerFrame(text)).toEqual({
      type: "joined",
      ...how,
      ...room,
      events: entries(2).map(eventOf),
    });
    expect("ref" in JSON.parse(text)).toBe(how.ref !== undefined);
  });

  test("[R1] a head has only its id and seq, even if the given object has more", () => {
    const [last] = entries(1);
    if (last === undefined) throw new Error("no entry");
    const joined = {
      ref: "r",
      replay: "recent",
      room: ROOM,
      more: false,
      members: [],
      memberCount: 0,
    } as const;
    const { head } = JSON.parse(encodeJoined({ ...joined, head: last, events: "[]" }));
    expect(head).toEqual({ id: "1-0", seq: 1 });
  });
});

describe("splitting entries into frames", () => {
  test("[R2] [R5] the number for each frame is bounded, and the entries are complete and in order", () => {
    const chunks = splitIntoFrames(entries(1203), 500, 1e9);
    expect(chunks.map((chunk) => chunk.length)).toEqual([500, 500, 203]);
    expect(chunks.flat()).toEqual(entries(1203));
  });

  test("[R5] [D4] the size of each frame is bounded, except for a single large entry", () => {
    const [like] = entries(1);
    if (like === undefined) throw new Error("no entry");
    const sized = (...sizes: readonly number[]): readonly Entry[] =>
      sizes.map((size) => Object.assign({}, like, { size }));
    const chunks = splitIntoFrames(sized(4, 4, 4, 50, 1, 10, 10), 500, 10);
    const sizes = (of: readonly (readonly Entry[])[]) => of.map((chunk) => chunk.map(({ size }) => size));
    expect(sizes(chunks)).toEqual([[4, 4], [4], [50], [1], [10], [10]]);
    expect(sizes(splitIntoFrames(sized(50, 1), 500, 10))).toEqual([[50], [1]]);
  });

  test("[R2] no entries make no frames", () => {
    expect(splitIntoFrames([], 500, 10)).toEqual([]);
  });
});
