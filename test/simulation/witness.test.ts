/**
 * What judges the simulated worlds is judged itself: a witness finds each kind of fault, and none where all is well.
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
import { Witness } from "./witness.ts";

const valid = <T>(parsed: { readonly ok: true; readonly value: T } | { readonly ok: false }): T => {
  if (!parsed.ok) throw new Error("the test's own value is not valid");
  return parsed.value;
};
const ROOM = valid(parseRoomName("hall"));
const ANN = { id: valid(parseUserId("ann")), name: "Ann" };
/** How many events the log keeps. */
const KEPT = 4;

class Given {
  readonly log = new RecordedLog({
    now: () => 1_000,
    leaseMs: 1_000,
    graceMs: 1_000,
    maxEvents: KEPT,
    rooms: [ROOM],
  });
  readonly empty = this.log.snapshot();
  readonly found: string[] = [];
  readonly witness = new Witness(
    this.log,
    () => 1_000,
    () => true,
    (rule) => this.found.push(rule),
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
    this.witness.sent(JSON.stringify({ type: "join", ref: "1", room: ROOM, after }));
  }

  joined(replay: Replay, head: Head, events: readonly Head[], ref: string | undefined = "1"): void {
    const frame = { ...replay, ref, room: ROOM, head, events: this.#encodeEventList(events) };
    this.witness.received(encodeJoined({ ...frame, more: false, members: [], memberCount: 0 }));
  }

  events(...events: readonly Head[]): void {
    this.witness.received(encodeEvents(ROOM, this.#encodeEventList(events)));
  }

  #encodeEventList(heads: readonly Head[]): string {
    return encodeEventList(heads.flatMap(({ id }) => this.log.records(ROOM).get(id)?.entry ?? []));
  }
}

const RECENT = { replay: "recent" } as const;
const RESUMED = { replay: "resumed" } as const;
const UNKNOWN = { replay: "reset", reason: "unknown" } as const;

describe("events on a connection", () => {
  const listening = () => {
    const given = new Given();
    const a = given.post("a");
    given.join();
    given.joined(RECENT, a, [a]);
    return { given, a, b: given.post("b"), c: given.post("c") };
  };

  test("[D2] [W6] once each and in order, as the heartbeat says, nothing is found", () => {
    const { given, b, c } = listening();
    given.events(b);
    given.events(c);
    given.witness.received(encodeFrame({ type: "heartbeat", heads: { [ROOM]: 3 } }));
    expect(given.found).toEqual([]);
  });

  test("[D2] one that is left out is found", () => {
    const { given, c } = listening();
    given.events(c);
    expect(given.found).toEqual(["D2"]);
  });

  test("[D2] one that comes twice is found", () => {
    const { given, b } = listening();
    given.events(b, b);
    expect(given.found).toEqual(["D2"]);
  });

  test("[D2] two in the wrong order are found", () => {
    const { given, b, c } = listening();
    given.events(c, b);
    expect(given.found).toContain("D2");
  });

  test("[D2] [R4] one that continues a tail which the log has lost is found, whatever its seq", () => {
    const { given, b } = listening();
    given.log.failOver(given.empty, 0);
    given.post("x");
    given.post("y");
    given.events(b);
    given.events(given.post("z"));
    expect(given.found).toEqual(["D2"]);
  });

  test("[D3] one that the log never had is found", () => {
    const { given, c } = listening();
    const frame = { type: "member.joined", by: ANN, id: `${c.id}9`, seq: 2 };
    given.witness.received(JSON.stringify({ type: "events", room: ROOM, events: [frame] }));
    expect(given.found).toEqual(["D3"]);
  });

  test("[W6] a heartbeat that says more than what came is found", () => {
    const { given } = listening();
    given.witness.received(encodeFrame({ type: "heartbeat", heads: { [ROOM]: 3 } }));
    expect(given.found).toEqual(["W6"]);
  });
});

describe("a resume", () => {
  test("[R2] that brings what follows is right", () => {
    const given = new Given();
    const [a, b] = [given.post("a"), given.post("b")];
    given.join(a.id);
    given.joined(RESUMED, b, [b]);
    expect(given.found).toEqual([]);
  });

  test("[R2] that skips one is found", () => {
    const given = new Given();
    const [a, , c] = [given.post("a"), given.post("b"), given.post("c")];
    given.join(a.id);
    given.joined(RESUMED, c, [c]);
    expect(given.found).toEqual(["D2"]);
  });

  test("[R2] that brings nothing though there is something is found", () => {
    const given = new Given();
    const [a, b] = [given.post("a"), given.post("b")];
    given.join(a.id);
    given.joined(RESUMED, b, []);
    expect(given.found).toEqual(["R2"]);
  });

  test("[R2] [R3] a reset for a position that the log holds is found", () => {
    const given = new Given();
    const [a, b] = [given.post("a"), given.post("b")];
    given.join(a.id);
    given.joined(UNKNOWN, b, [a, b]);
    expect(given.found).toEqual(["R2", "R3"]);
  });

  test("[R3] a trimmed position that is skipped past is found, and a reset for it is right", () => {
    const given = new Given();
    const [a, ...rest] = [given.post("a"), ..."bcdef".split("").map((key) => given.post(key))];
    const head = rest.at(-1) ?? a;
    given.join(a.id);
    given.joined({ replay: "reset", reason: "trimmed" }, head, rest.slice(1));
    expect(given.found).toEqual([]);
    given.join(a.id);
    given.joined(RESUMED, head, rest.slice(1));
    expect(given.found).toEqual(["D2"]);
  });

  test("[R4] a reset that nobody asked for, of a log that lost nothing, is found", () => {
    const given = new Given();
    const a = given.post("a");
    given.join();
    given.joined(RECENT, a, [a]);
    given.witness.received(
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
    expect(given.found).toEqual(["R4"]);
  });

  test("[R1] a head that is behind what was acknowledged before the join is found", () => {
    const given = new Given();
    const a = given.post("a");
    given.post("b");
    given.join();
    given.joined(RECENT, a, [a]);
    expect(given.found).toEqual(["R1"]);
  });
});

test("[D5] a refusal as if the log were away, which it is not, is found", () => {
  const given = new Given();
  given.witness.received(encodeFrame({ type: "error", ref: "1", code: "unavailable", message: "Later." }));
  expect(given.found).toEqual(["D5"]);
});

test("[D1] an ack is right where the event stands, and is found anywhere else", () => {
  const given = new Given();
  const [a, b] = [given.post("a"), given.post("b")];
  const welcome = {
    type: "welcome",
    protocol: 1,
    user: ANN,
    token: "t",
    connection: "c",
    heartbeatMs: 1_000,
  };
  const limits = { textLength: 1, roomsPerConnection: 1, messagesPerSecond: 1, burst: 1 };
  given.witness.received(JSON.stringify({ ...welcome, limits }));
  given.witness.sent(JSON.stringify({ type: "post", ref: "1", room: ROOM, key: "a", text: "a" }));
  const ack = { type: "ack", ref: "1", room: ROOM, duplicate: false } as const;
  given.witness.received(encodeFrame({ ...ack, id: a.id, seq: a.seq }));
  expect(given.found).toEqual([]);
  given.witness.received(encodeFrame({ ...ack, id: b.id, seq: b.seq }));
  given.witness.received(encodeFrame({ ...ack, id: a.id, seq: 2 }));
  expect(given.found).toEqual(["D1", "D1"]);
});
