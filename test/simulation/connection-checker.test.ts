/**
 * Tests of the connection checker of simulated worlds: it finds each kind of fault, and none if everything is
 * right.
 */
import { Effect } from "effect";
import { describe, expect, test } from "vitest";
import { parseIdempotencyKey } from "../../src/domain/idempotency-key.ts";
import type { Head, Position } from "../../src/domain/position.ts";
import { parseRoomName } from "../../src/domain/room-name.ts";
import { parseUserId } from "../../src/domain/user.ts";
import { encodeEvents, encodeFrame, encodeJoined, encodeEventList } from "../../src/wire/encode.ts";
import type { Replay } from "../../src/wire/server-frame.ts";
import { RecordedLog } from "./recorded-log.ts";
import { ConnectionChecker } from "./connection-checker.ts";

const valid = <T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!parsed.ok) throw new Error("the test's own value is not valid");
  return parsed.value;
};
const ROOM = valid(parseRoomName("hall"));
const ANN = { id: valid(parseUserId("ann")), name: "Ann" };
/** The number of events that the log keeps. */
const KEPT = 4;

class Scenario {
  readonly log = new RecordedLog({
    now: () => 1_000,
    leaseMs: 1_000,
    graceMs: 1_000,
    maxEvents: KEPT,
    rooms: [ROOM],
  });
  readonly empty = this.log.snapshot();
  readonly reported: string[] = [];
  readonly checker = new ConnectionChecker(
    this.log,
    () => 1_000,
    () => true,
    (rule) => this.reported.push(rule),
  );

  post(key: string): Head {
    const named = valid(parseIdempotencyKey(key));
    const outcome = Effect.runSync(
      this.log.ports.eventLog.append(ROOM, { type: "message.posted", by: ANN, key: named, text: key }),
    );
    if (outcome.tag !== "appended") throw new Error("it was not appended");
    return outcome.at;
  }

  join(after?: Position): void {
    this.checker.sent(JSON.stringify({ type: "join", ref: "1", room: ROOM, after }));
  }

  joined(replay: Replay, head: Head, events: readonly Head[], ref: string | undefined = "1"): void {
    const frame = { ...replay, ref, room: ROOM, head, events: this.#encode(events) };
    this.checker.received(encodeJoined({ ...frame, more: false, members: [], memberCount: 0 }));
  }

  events(...events: readonly Head[]): void {
    this.checker.received(encodeEvents(ROOM, this.#encode(events)));
  }

  #encode(heads: readonly Head[]): string {
    return encodeEventList(heads.flatMap(({ id }) => this.log.records(ROOM).get(id)?.entry ?? []));
  }
}

const RECENT = { replay: "recent" } as const;
const RESUMED = { replay: "resumed" } as const;
const UNKNOWN = { replay: "reset", reason: "unknown" } as const;

describe("events on a connection", () => {
  const listening = () => {
    const scenario = new Scenario();
    const a = scenario.post("a");
    scenario.join();
    scenario.joined(RECENT, a, [a]);
    return { scenario, a, b: scenario.post("b"), c: scenario.post("c") };
  };

  test("[D2] [W6] nothing is found if they come once and in order, as the heartbeat says", () => {
    const { scenario, b, c } = listening();
    scenario.events(b);
    scenario.events(c);
    scenario.checker.received(encodeFrame({ type: "heartbeat", heads: { [ROOM]: 3 } }));
    expect(scenario.reported).toEqual([]);
  });

  test("[D2] a missing event is found", () => {
    const { scenario, c } = listening();
    scenario.events(c);
    expect(scenario.reported).toEqual(["D2"]);
  });

  test("[D2] a repeated event is found", () => {
    const { scenario, b } = listening();
    scenario.events(b, b);
    expect(scenario.reported).toEqual(["D2"]);
  });

  test("[D2] two events in the wrong order are found", () => {
    const { scenario, b, c } = listening();
    scenario.events(c, b);
    expect(scenario.reported).toContain("D2");
  });

  test("[D2] [R4] an event that continues a lost tail is found, even if its seq is right", () => {
    const { scenario, b } = listening();
    scenario.log.failOver(scenario.empty, 0);
    scenario.post("x");
    scenario.post("y");
    scenario.events(b);
    scenario.events(scenario.post("z"));
    expect(scenario.reported).toEqual(["D2"]);
  });

  test("[D3] an event that the log never had is found", () => {
    const { scenario, c } = listening();
    const frame = { type: "member.joined", by: ANN, id: `${c.id}9`, seq: 2 };
    scenario.checker.received(JSON.stringify({ type: "events", room: ROOM, events: [frame] }));
    expect(scenario.reported).toEqual(["D3"]);
  });

  test("[W6] a heartbeat with a seq that did not come is found", () => {
    const { scenario } = listening();
    scenario.checker.received(encodeFrame({ type: "heartbeat", heads: { [ROOM]: 3 } }));
    expect(scenario.reported).toEqual(["W6"]);
  });
});

describe("a resume", () => {
  test("[R2] with the following events is right", () => {
    const scenario = new Scenario();
    const [a, b] = [scenario.post("a"), scenario.post("b")];
    scenario.join(a.id);
    scenario.joined(RESUMED, b, [b]);
    expect(scenario.reported).toEqual([]);
  });

  test("[R2] that skips an event is found", () => {
    const scenario = new Scenario();
    const [a, , c] = [scenario.post("a"), scenario.post("b"), scenario.post("c")];
    scenario.join(a.id);
    scenario.joined(RESUMED, c, [c]);
    expect(scenario.reported).toEqual(["D2"]);
  });

  test("[R2] without events although there are some is found", () => {
    const scenario = new Scenario();
    const [a, b] = [scenario.post("a"), scenario.post("b")];
    scenario.join(a.id);
    scenario.joined(RESUMED, b, []);
    expect(scenario.reported).toEqual(["R2"]);
  });

  test("[R2] [R3] with a reset for a position that the log holds is found", () => {
    const scenario = new Scenario();
    const [a, b] = [scenario.post("a"), scenario.post("b")];
    scenario.join(a.id);
    scenario.joined(UNKNOWN, b, [a, b]);
    expect(scenario.reported).toEqual(["R2", "R3"]);
  });

  test("[R3] that skips past a trimmed position is found, and a reset for that position is right", () => {
    const scenario = new Scenario();
    const [a, ...rest] = [scenario.post("a"), ..."bcdef".split("").map((key) => scenario.post(key))];
    const head = rest.at(-1) ?? a;
    scenario.join(a.id);
    scenario.joined({ replay: "reset", reason: "trimmed" }, head, rest.slice(1));
    expect(scenario.reported).toEqual([]);
    scenario.join(a.id);
    scenario.joined(RESUMED, head, rest.slice(1));
    expect(scenario.reported).toEqual(["D2"]);
  });

  test("[R4] a reset without a request is found if the log lost nothing", () => {
    const scenario = new Scenario();
    const a = scenario.post("a");
    scenario.join();
    scenario.joined(RECENT, a, [a]);
    scenario.checker.received(
      JSON.stringify({
        type: "joined",
        room: ROOM,
        ...UNKNOWN,
        head: a,
        events: [],
        more: false,
        members: [],
        memberCount: 0,
      }),
    );
    expect(scenario.reported).toEqual(["R4"]);
  });

  test("[R1] a head before an event that was acknowledged before the join is found", () => {
    const scenario = new Scenario();
    const a = scenario.post("a");
    scenario.post("b");
    scenario.join();
    scenario.joined(RECENT, a, [a]);
    expect(scenario.reported).toEqual(["R1"]);
  });
});

test("[D5] an `unavailable` while the log can be reached is found", () => {
  const scenario = new Scenario();
  scenario.checker.received(encodeFrame({ type: "error", ref: "1", code: "unavailable", message: "Later." }));
  expect(scenario.reported).toEqual(["D5"]);
});

test("[D1] an ack with the id and seq of the event is right, and any other is found", () => {
  const scenario = new Scenario();
  const [a, b] = [scenario.post("a"), scenario.post("b")];
  const welcome = {
    type: "welcome",
    protocol: 1,
    user: ANN,
    token: "t",
    connection: "c",
    heartbeatMs: 1_000,
  };
  const limits = { textLength: 1, roomsPerConnection: 1, messagesPerSecond: 1, burst: 1 };
  scenario.checker.received(JSON.stringify({ ...welcome, limits }));
  scenario.checker.sent(JSON.stringify({ type: "post", ref: "1", room: ROOM, key: "a", text: "a" }));
  const ack = { type: "ack", ref: "1", room: ROOM, duplicate: false } as const;
  scenario.checker.received(encodeFrame({ ...ack, id: a.id, seq: a.seq }));
  expect(scenario.reported).toEqual([]);
  scenario.checker.received(encodeFrame({ ...ack, id: b.id, seq: b.seq }));
  scenario.checker.received(encodeFrame({ ...ack, id: a.id, seq: 2 }));
  expect(scenario.reported).toEqual(["D1", "D1"]);
});
