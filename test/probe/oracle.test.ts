/**
 * The oracle itself, on trial: it finds each fault that is planted, counts it right, and finds nothing where nothing is.
 */
import { describe, expect, it } from "vitest";
import { judge, NO_FAULTS, type Claim, type Fault, type Sighting } from "../../src/probe/oracle.ts";
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
const stretch = (from: number, to: number): readonly Event[] => log.slice(from - 1, to);
const events = (from: number, to: number): Sighting => ({ tag: "events", events: stretch(from, to) });
const joined = (replay: "recent" | "resumed" | "reset", from: number, to: number, after = 0): Sighting => ({
  tag: "joined",
  replay,
  after,
  head: { id: `1000-${to}`, seq: to },
  events: stretch(from, to),
});

const verdict = (sightings: readonly Sighting[], claims: readonly Claim[] = [], room = log) =>
  judge({
    logs: new Map([["r", room]]),
    witnesses: [{ client: "a", room: "r", sightings, stayed: true }],
    claims,
  });
const faults = (found: Partial<Record<Fault, number>>) => ({ ...NO_FAULTS, ...found });
const claim = (seq: number, key = `k${seq}`): Claim => ({
  client: "a",
  user: "u",
  room: "r",
  key,
  id: `1000-${seq}`,
  seq,
});

describe("the loss oracle", () => {
  it.each<[string, readonly Sighting[]]>([
    ["a stream from the beginning", [joined("resumed", 1, 4), events(5, 10)]],
    [
      "a resume where the stretch before ended",
      [joined("recent", 3, 4), events(5, 7), joined("resumed", 8, 10)],
    ],
    ["a recent join that begins anew", [joined("recent", 1, 4), joined("recent", 3, 10)]],
    ["a join without events", [joined("recent", 5, 4), events(5, 10)]],
    ["a resume that a witness begins with", [joined("resumed", 5, 10, 4)]],
  ])("finds nothing in %s", (_, sightings) => {
    expect(verdict(sightings).counts).toEqual(NO_FAULTS);
  });

  it.each<[string, readonly Sighting[], Partial<Record<Fault, number>>]>([
    ["a hole", [joined("resumed", 1, 4), events(7, 10)], { lost: 2 }],
    ["a hole at a resume", [joined("resumed", 1, 4), joined("resumed", 6, 10)], { lost: 1 }],
    ["an end that never came", [joined("resumed", 1, 7)], { lost: 3 }],
    ["a beginning that never came", [joined("resumed", 3, 10)], { lost: 2 }],
    ["a join without events, and a hole behind it", [joined("recent", 5, 4), events(6, 10)], { lost: 1 }],
    ["a hole behind the position that a witness begins with", [joined("resumed", 6, 10, 4)], { lost: 1 }],
    ["events that come twice", [joined("resumed", 1, 5), events(4, 10)], { repeated: 2 }],
    ["a resume that repeats", [joined("resumed", 1, 5), joined("resumed", 5, 10)], { repeated: 1 }],
    [
      "two that changed places",
      [joined("resumed", 1, 4), events(6, 6), events(5, 5), events(7, 10)],
      { reordered: 1 },
    ],
    ["one from before the stretch", [joined("recent", 5, 9), events(3, 3), events(10, 10)], { reordered: 1 }],
    ["a reset", [joined("resumed", 1, 4), joined("reset", 6, 10)], { reset: 1 }],
  ])("finds %s", (_, sightings, found) => {
    expect(verdict(sightings).counts).toEqual(faults(found));
  });

  it("finds an event that is not the log's: another id, another seq, another text", () => {
    const strangers: readonly Event[] = [
      { ...post(5), id: "1001-5" },
      { ...post(5), seq: 6 },
      { ...post(5), text: "else" },
    ];
    for (const stranger of strangers) {
      const sightings: readonly Sighting[] = [
        joined("resumed", 1, 4),
        { tag: "events", events: [stranger] },
        events(6, 10),
      ];
      expect(verdict(sightings).counts).toEqual(faults({ foreign: 1, lost: 1 }));
    }
  });

  it("takes the text that was there before its deletion for the same event", () => {
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

  it("finds an ack whose event is not in the log, or is elsewhere", () => {
    const seen = [joined("resumed", 1, 10)];
    expect(verdict(seen, [claim(3)]).counts).toEqual(NO_FAULTS);
    expect(verdict(seen, [claim(3, "never")]).counts).toEqual(faults({ "ack lost": 1 }));
    expect(verdict(seen, [claim(4, "k3")]).counts).toEqual(faults({ "ack lost": 1 }));
  });

  it("expects whoever stayed to have come as far as is said, and nobody else", () => {
    const told = (stayed: boolean, until: number) =>
      judge({
        logs: new Map([["r", log]]),
        until: new Map([["r", until]]),
        witnesses: [{ client: "a", room: "r", sightings: [joined("resumed", 1, 7)], stayed }],
        claims: [],
      }).counts;
    expect(told(true, 7)).toEqual(NO_FAULTS);
    expect(told(true, 8)).toEqual(faults({ lost: 1 }));
    expect(told(false, 8)).toEqual(NO_FAULTS);
  });

  it("finds a key that was appended twice", () => {
    const room = [...log, post(11, "k3")];
    const sightings: readonly Sighting[] = [
      joined("resumed", 1, 10),
      { tag: "events", events: [post(11, "k3")] },
    ];
    expect(verdict(sightings, [claim(3)], room).counts).toEqual(faults({ "ack repeated": 1 }));
  });
});
