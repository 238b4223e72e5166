/**
 * Tests of the loss oracle: it finds and counts each planted fault, and finds nothing in correct records.
 */
import { describe, expect, it } from "vitest";
import { judge, NO_FAULTS, type AckRecord, type Fault, type Observation } from "../../src/probe/oracle.ts";
import type { Event } from "../support/wire-schema.ts";

const post = (seq: number, key = `k${seq}`) =>
  ({
    id: `1000-${seq}`,
    seq,
    type: "message.posted" as const,
    by: { id: "u", name: "Ada" },
    key,
    text: `text ${seq}`,
  }) satisfies Event;

const log: readonly Event[] = Array.from({ length: 10 }, (_, index) => post(index + 1));
const segment = (from: number, to: number): readonly Event[] => log.slice(from - 1, to);
const events = (from: number, to: number): Observation => ({ tag: "events", events: segment(from, to) });
const joined = (
  replay: "recent" | "resumed" | "reset",
  from: number,
  to: number,
  after = 0,
): Observation => ({
  tag: "joined",
  replay,
  after,
  head: { id: `1000-${to}`, seq: to },
  events: segment(from, to),
});

const verdict = (observations: readonly Observation[], acks: readonly AckRecord[] = [], room = log) =>
  judge({
    logs: new Map([["r", room]]),
    records: [{ client: "a", room: "r", observations, connectedAtEnd: true }],
    acks,
  });
const faults = (found: Partial<Record<Fault, number>>) => ({ ...NO_FAULTS, ...found });
const ack = (seq: number, key = `k${seq}`): AckRecord => ({
  client: "a",
  user: "u",
  room: "r",
  key,
  id: `1000-${seq}`,
  seq,
});

describe("the loss oracle", () => {
  it.each<[string, readonly Observation[]]>([
    ["a stream from the beginning", [joined("resumed", 1, 4), events(5, 10)]],
    [
      "a resume at the end of the segment before",
      [joined("recent", 3, 4), events(5, 7), joined("resumed", 8, 10)],
    ],
    ["a recent join that begins a new segment", [joined("recent", 1, 4), joined("recent", 3, 10)]],
    ["a join without events", [joined("recent", 5, 4), events(5, 10)]],
    ["a record that begins with a resume", [joined("resumed", 5, 10, 4)]],
  ])("finds nothing in %s", (_, observations) => {
    expect(verdict(observations).counts).toEqual(NO_FAULTS);
  });

  it.each<[string, readonly Observation[], Partial<Record<Fault, number>>]>([
    ["a hole", [joined("resumed", 1, 4), events(7, 10)], { lost: 2 }],
    ["a hole at a resume", [joined("resumed", 1, 4), joined("resumed", 6, 10)], { lost: 1 }],
    ["a missing end", [joined("resumed", 1, 7)], { lost: 3 }],
    ["a missing beginning", [joined("resumed", 3, 10)], { lost: 2 }],
    ["a join without events, and a hole after it", [joined("recent", 5, 4), events(6, 10)], { lost: 1 }],
    ["a hole after the position with which a record begins", [joined("resumed", 6, 10, 4)], { lost: 1 }],
    ["events that come twice", [joined("resumed", 1, 5), events(4, 10)], { repeated: 2 }],
    ["a resume that repeats", [joined("resumed", 1, 5), joined("resumed", 5, 10)], { repeated: 1 }],
    [
      "two events in the wrong order",
      [joined("resumed", 1, 4), events(6, 6), events(5, 5), events(7, 10)],
      { reordered: 1 },
    ],
    [
      "an event from before the segment",
      [joined("recent", 5, 9), events(3, 3), events(10, 10)],
      { reordered: 1 },
    ],
    ["a reset", [joined("resumed", 1, 4), joined("reset", 6, 10)], { reset: 1 }],
  ])("finds %s", (_, observations, found) => {
    expect(verdict(observations).counts).toEqual(faults(found));
  });

  it("finds an event that is not the log's: another id, another seq, another text", () => {
    const foreigners: readonly Event[] = [
      { ...post(5), id: "1001-5" },
      { ...post(5), seq: 6 },
      { ...post(5), text: "else" },
    ];
    for (const foreigner of foreigners) {
      const observations: readonly Observation[] = [
        joined("resumed", 1, 4),
        { tag: "events", events: [foreigner] },
        events(6, 10),
      ];
      expect(verdict(observations).counts).toEqual(faults({ foreign: 1, lost: 1 }));
    }
  });

  it("accepts an event with the text that was deleted later", () => {
    const deleted: Event = {
      id: "1000-5",
      seq: 5,
      type: "message.posted",
      by: { id: "u", name: "Ada" },
      key: "k5",
      deleted: true,
    };
    const room = log.map((event) => (event.seq === 5 ? deleted : event));
    expect(verdict([joined("resumed", 1, 10)], [], room).counts).toEqual(NO_FAULTS);
  });

  it("finds an ack whose event is not in the log, or is at another position", () => {
    const seen = [joined("resumed", 1, 10)];
    expect(verdict(seen, [ack(3)]).counts).toEqual(NO_FAULTS);
    expect(verdict(seen, [ack(3, "never")]).counts).toEqual(faults({ "ack lost": 1 }));
    expect(verdict(seen, [ack(4, "k3")]).counts).toEqual(faults({ "ack lost": 1 }));
  });

  it("expects only clients connected to the end to have reached the given seq", () => {
    const countsOf = (connectedAtEnd: boolean, until: number) =>
      judge({
        logs: new Map([["r", log]]),
        until: new Map([["r", until]]),
        records: [{ client: "a", room: "r", observations: [joined("resumed", 1, 7)], connectedAtEnd }],
        acks: [],
      }).counts;
    expect(countsOf(true, 7)).toEqual(NO_FAULTS);
    expect(countsOf(true, 8)).toEqual(faults({ lost: 1 }));
    expect(countsOf(false, 8)).toEqual(NO_FAULTS);
  });

  it("finds a key that was appended twice", () => {
    const room = [...log, post(11, "k3")];
    const observations: readonly Observation[] = [
      joined("resumed", 1, 10),
      { tag: "events", events: [post(11, "k3")] },
    ];
    expect(verdict(observations, [ack(3)], room).counts).toEqual(faults({ "ack repeated": 1 }));
  });
});
